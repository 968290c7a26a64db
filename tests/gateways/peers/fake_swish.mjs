// Swish as docs/gateways/swish.md describes it: requests that are named by the merchant and live
// three minutes, refunds, and callbacks that nobody signs.
import Ajv from 'ajv/dist/2020.js';

const kAmount = { type: 'string', pattern: '^[0-9]{1,12}\\.[0-9]{2}$' };
const kReference = { type: 'string', pattern: '^[a-zA-Z0-9-]{1,35}$' };
const kAlias = { type: 'string', pattern: '^[0-9]{8,15}$' };
const kUrl = { type: 'string', pattern: '^https://' };
const closed = (properties, optional = []) => ({
  type: 'object',
  properties,
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const ajv = new Ajv();
const kFits = {
  paymentrequests: ajv.compile(
    closed(
      {
        payeePaymentReference: kReference,
        callbackUrl: kUrl,
        payeeAlias: kAlias,
        payerAlias: kAlias,
        amount: kAmount,
        currency: { const: 'SEK' },
        message: { type: 'string', pattern: '^[a-zA-Z0-9åäöÅÄÖ!?=(),.:; -]{0,50}$' },
      },
      ['payerAlias'],
    ),
  ),
  refunds: ajv.compile(
    closed({
      originalPaymentReference: { type: 'string', pattern: '^[0-9A-F]{32}$' },
      payerPaymentReference: kReference,
      callbackUrl: kUrl,
      payerAlias: kAlias,
      amount: kAmount,
      currency: { const: 'SEK' },
    }),
  ),
};
const refused = (errorCode) => ({ status: 422, body: [{ errorCode, errorMessage: errorCode }] });

export class Provider {
  all = { paymentrequests: new Map(), refunds: new Map() };
  webhooks = [];

  handle(method, path, headers, body, wish) {
    const found = /^\/swish-cpcapi\/api\/(v[12])\/(paymentrequests|refunds)\/([0-9A-F]{32})$/.exec(
      path,
    );
    if (!found || (method === 'put') !== (found[1] === 'v2')) return { status: 404 };
    const [, , kind, id] = found;
    const known = this.all[kind].get(id);
    if (method === 'put') return known ? refused('RP09') : this.put(kind, id, body, wish);
    if (!known) return { status: 404 };
    if (method === 'patch') {
      if (known.status !== 'CREATED') return refused('RP07');
      known.status = 'CANCELLED';
    }
    return { status: 200, body: known };
  }

  put(kind, id, body, wish) {
    if (!kFits[kind](body)) return refused('FF08');
    if (wish?.refuse) return refused(wish.refuse);
    const made = { id, ...body, amount: Number(body.amount), status: 'CREATED' };
    this.all[kind].set(id, made);
    if (kind === 'refunds') {
      const left = [...this.all.paymentrequests.values()].find(
        (one) => one.paymentReference === body.originalPaymentReference,
      );
      if (!left || left.amount < made.amount) return refused('FF08');
      left.amount_back = (left.amount_back ?? 0) + made.amount;
      Object.assign(made, { status: 'DEBITED' });
    }
    const token =
      kind === 'paymentrequests' && !body.payerAlias
        ? { PaymentRequestToken: `token-${id.slice(0, 4)}` }
        : {};
    return { status: 201, headers: { Location: `https://swish.example/${id}`, ...token } };
  }

  act({ kind, status, errorCode }) {
    const one = [...this.all[kind].values()].at(-1);
    Object.assign(one, { status, errorCode });
    if (status === 'PAID')
      one.paymentReference = 'F'.repeat(31) + (this.all.paymentrequests.size % 10);
    this.webhooks.push({
      path: '/hooks/swish',
      host: 'telgiro.example',
      headers: {},
      body: JSON.stringify(one),
    });
  }

  state() {
    return { payments: this.all.paymentrequests.size, refunds: this.all.refunds.size };
  }
}
