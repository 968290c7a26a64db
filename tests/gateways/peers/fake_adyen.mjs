// Adyen Checkout as its documentation describes it: links, payments, changes whose outcome comes by
// webhook only, and keys that make a request the same request.
import { createHmac } from 'node:crypto';

export const kHmacKey = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';

export class Provider {
  keys = new Map();
  links = new Map();
  payments = new Map();
  webhooks = [];
  count = 0;

  invalid(why) {
    return {
      status: 422,
      body: { status: 422, errorCode: '702', message: why, errorType: 'validation' },
    };
  }

  handle(method, path, headers, body, wish) {
    if (headers['x-api-key'] !== 'adyen-key') {
      return { status: 401, body: { status: 401, errorCode: '000', message: 'Unauthorized' } };
    }
    if (method === 'get') return { status: 200, body: this.links.get(path.split('/')[2]) };
    const key = headers['idempotency-key'];
    if (wish === 'in_progress') {
      return {
        status: 422,
        headers: { 'transient-error': 'true' },
        body: {
          status: 422,
          errorCode: '704',
          message: 'request already processed or in progress',
        },
      };
    }
    if (key && this.keys.has(key)) return this.keys.get(key);
    const answer = this.act_on(method, path, body, wish);
    if (key) this.keys.set(key, answer);
    return answer;
  }

  act_on(method, path, body, wish) {
    const [, kind, name, what] = path.split('/');
    if (kind === 'paymentLinks' && method === 'patch') {
      const link = this.links.get(name);
      if (link.status !== 'active') return this.invalid('the link cannot be changed');
      link.status = body.status;
      return { status: 200, body: link };
    }
    if (kind === 'paymentLinks') return { status: 201, body: this.link(body) };
    if (name === 'details') return this.details(body);
    if (what) return this.change(name, what, body);
    return this.pay(body, wish);
  }

  reference() {
    this.count += 1;
    return `PSP${String(this.count).padStart(13, '0')}`;
  }

  link(body) {
    const id = `PL${this.links.size + 1}AB`;
    const link = {
      ...body,
      id,
      status: 'active',
      url: `https://pay.example/${id}`,
      expiresAt: body.expiresAt ?? '2026-11-23T10:00:00Z',
    };
    this.links.set(id, link);
    return link;
  }

  pay(body, wish) {
    const pspReference = this.reference();
    const base = { pspReference, merchantReference: body.reference };
    if (wish?.refuse) {
      this.notify('AUTHORISATION', pspReference, body, 'false', { reason: wish.reason });
      return {
        status: 200,
        body: {
          ...base,
          resultCode: 'Refused',
          refusalReasonCode: wish.refuse,
          refusalReason: wish.reason,
        },
      };
    }
    this.payments.set(pspReference, { ...body, captured: 0, refunded: 0 });
    if (body.shopperInteraction === 'Ecommerce') {
      return {
        status: 200,
        body: {
          ...base,
          resultCode: 'RedirectShopper',
          action: {
            type: 'redirect',
            method: 'GET',
            url: `https://bank.example/${pspReference}`,
          },
        },
      };
    }
    this.authorise(pspReference, {});
    return { status: 200, body: { ...base, resultCode: 'Authorised', amount: body.amount } };
  }

  authorise(pspReference, more) {
    const payment = this.payments.get(pspReference);
    payment.authorised = true;
    this.notify('AUTHORISATION', pspReference, payment, 'true', { additionalData: more });
  }

  details(body) {
    const pspReference = body.details.redirectResult;
    if (!this.payments.has(pspReference)) return this.invalid('Invalid redirectResult');
    this.authorise(pspReference, {});
    const payment = this.payments.get(pspReference);
    return {
      status: 200,
      body: { pspReference, resultCode: 'Authorised', amount: payment.amount },
    };
  }

  change(original, what, body) {
    const payment = this.payments.get(original);
    if (!payment) {
      return {
        status: 422,
        body: { status: 422, errorCode: '167', message: 'Original pspReference required' },
      };
    }
    const pspReference = this.reference();
    const item = { ...payment, ...body };
    const code = {
      captures: 'CAPTURE',
      cancels: 'CANCELLATION',
      refunds: 'REFUND',
      reversals: 'CANCEL_OR_REFUND',
    }[what];
    if (what === 'refunds') payment.refunded += body.amount.value;
    if (what === 'captures') payment.captured += body.amount.value;
    const more =
      code === 'CANCEL_OR_REFUND' ? { additionalData: { 'modification.action': 'refund' } } : {};
    this.notify(code, pspReference, item, 'true', { originalReference: original, ...more });
    return {
      status: 201,
      body: { ...body, paymentPspReference: original, pspReference, status: 'received' },
    };
  }

  act({ pay, keep, refuse }) {
    const link = this.links.get(pay);
    const pspReference = this.reference();
    if (refuse) {
      this.notify('AUTHORISATION', pspReference, link, 'false', {
        reason: refuse,
        additionalData: { paymentLinkId: pay },
      });
      return;
    }
    link.status = 'completed';
    this.payments.set(pspReference, { ...link, captured: 0, refunded: 0 });
    const more = { paymentLinkId: pay, cardSummary: '4242', expiryDate: '3/2030' };
    if (keep) more['recurring.recurringDetailReference'] = 'TOKEN1';
    this.authorise(pspReference, more);
  }

  state() {
    const all = [...this.payments.values()];
    return {
      links: this.links.size,
      payments: all.length,
      authorised: all.filter((payment) => payment.authorised).length,
      captured: all.reduce((sum, payment) => sum + payment.captured, 0),
      refunded: all.reduce((sum, payment) => sum + payment.refunded, 0),
    };
  }

  notify(eventCode, pspReference, order, success, more) {
    const item = {
      additionalData: {},
      amount: order.amount,
      eventCode,
      eventDate: '2026-11-22T10:00:00+01:00',
      merchantAccountCode: order.merchantAccount,
      merchantReference: order.reference,
      originalReference: '',
      paymentMethod: 'visa',
      pspReference,
      reason: '',
      success,
      ...more,
    };
    const text = [
      pspReference,
      item.originalReference,
      item.merchantAccountCode,
      item.merchantReference,
      item.amount.value,
      item.amount.currency,
      eventCode,
      success,
    ].join(':');
    item.additionalData = {
      ...item.additionalData,
      hmacSignature: createHmac('sha256', Buffer.from(kHmacKey, 'hex'))
        .update(text)
        .digest('base64'),
    };
    this.webhooks.push({
      path: '/hooks/adyen',
      host: 'telgiro.example',
      headers: {},
      body: JSON.stringify({
        live: 'false',
        notificationItems: [{ NotificationRequestItem: item }],
      }),
    });
  }
}
