// Vipps MobilePay as its documentation describes it: tokens that end, payments that stay authorised
// while their sums grow, agreements with charges, keys that keep their answer.
import { createHash, createHmac } from 'node:crypto';

export const kWebhookSecret = 'hook-secret';

const kProblem = 'application/problem+json';
const problem = (status, code, title) => ({
  status,
  headers: { 'content-type': kProblem },
  body: { type: 'about:blank', title, status, code, detail: title },
});

export class Provider {
  keys = new Map();
  payments = new Map();
  agreements = new Map();
  charges = new Map();
  webhooks = [];
  tokens = 0;

  invalid(why) {
    return problem(400, '4000', why);
  }

  handle(method, path, headers, body, wish) {
    if (path === '/accesstoken/get') return this.token(headers);
    if (headers.authorization !== `Bearer T${this.tokens}`)
      return problem(401, '401', 'Unauthorized');
    if (method === 'get') return this.get(path);
    if (wish?.problem) return problem(wish.status, wish.problem, 'as wished');
    const key = headers['idempotency-key'];
    const kept = this.keys.get(key);
    if (kept)
      return kept.of === JSON.stringify([path, body])
        ? kept.answer
        : problem(409, '4020', 'Key used');
    const answer = path.startsWith('/recurring')
      ? this.recurring(method, path, body, wish)
      : this.epayment(path, body, key);
    this.keys.set(key, {
      of: JSON.stringify([path, body]),
      answer: JSON.parse(JSON.stringify(answer)),
    });
    return answer;
  }

  token(headers) {
    if (headers.client_id !== 'shop' || headers.client_secret !== 'hush') {
      return problem(401, '401', 'Unauthorized');
    }
    this.tokens += 1;
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: '3600', access_token: `T${this.tokens}` },
    };
  }

  get(path) {
    const name = path.split('/').at(-1);
    const found = path.startsWith('/recurring') ? this.charges.get(name) : this.payments.get(name);
    return found ? { status: 200, body: found } : problem(404, '404', 'Not found');
  }

  epayment(path, body, key) {
    const [, , , , reference, what] = path.split('/');
    if (!reference) return this.create(body);
    const payment = this.payments.get(reference);
    if (!payment) return problem(404, '404', 'Not found');
    const sums = payment.aggregate;
    const amount = what === 'cancel' ? sums.authorizedAmount : body.modificationAmount;
    const [name, event, left] = {
      capture: [
        'capturedAmount',
        'CAPTURED',
        sums.authorizedAmount.value - sums.capturedAmount.value,
      ],
      cancel: [
        'cancelledAmount',
        'CANCELLED',
        sums.authorizedAmount.value - sums.capturedAmount.value,
      ],
      refund: ['refundedAmount', 'REFUNDED', sums.capturedAmount.value - sums.refundedAmount.value],
    }[what];
    if (amount.value > left || left === 0) return problem(400, '6100', 'More than is left');
    sums[name] = { ...amount, value: sums[name].value + amount.value };
    this.notify(event, payment, amount, key);
    return { status: 200, body: JSON.parse(JSON.stringify(payment)) };
  }

  create(body) {
    if (this.payments.has(body.reference)) return problem(409, '4150', 'Reference used');
    const none = { currency: body.amount.currency, value: 0 };
    this.payments.set(body.reference, {
      reference: body.reference,
      pspReference: `psp-${this.payments.size + 1}`,
      amount: body.amount,
      state: 'CREATED',
      paymentMethod: { type: 'WALLET' },
      profile: {},
      aggregate: {
        authorizedAmount: none,
        cancelledAmount: none,
        capturedAmount: none,
        refundedAmount: none,
      },
    });
    return {
      status: 201,
      body: { reference: body.reference, redirectUrl: `https://app.example/${body.reference}` },
    };
  }

  recurring(method, path, body, wish) {
    const [, , , , agreement, kind, charge, what] = path.split('/');
    if (!agreement) return this.agree(body);
    if (kind === 'charges' && !charge) return this.order(agreement, body);
    const found = this.charges.get(charge);
    if (!found) return problem(404, '404', 'Not found');
    if (method === 'delete') found.status = 'CANCELLED';
    if (what === 'refund') {
      found.summary.refunded += body.amount;
      found.status = found.summary.refunded < found.amount ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
    }
    return { status: wish?.status ?? 204 };
  }

  agree(body) {
    const agreementId = `agr_${this.agreements.size + 1}`;
    this.agreements.set(agreementId, { ...body, status: 'PENDING' });
    this.order(agreementId, { ...body.initialCharge, type: 'INITIAL' });
    return {
      status: 201,
      body: {
        agreementId,
        uuid: 'e0a5b6c2-6a5e-4b1e-9d38-0a5a52a4b2c1',
        chargeId: body.initialCharge.orderId,
        vippsConfirmationUrl: `https://app.example/${agreementId}`,
      },
    };
  }

  order(agreementId, body) {
    const agreement = this.agreements.get(agreementId);
    if (!agreement) return problem(404, '404', 'Not found');
    this.charges.set(body.orderId, {
      id: body.orderId,
      agreementId,
      externalId: body.externalId,
      amount: body.amount,
      currency: 'NOK',
      status: 'PENDING',
      type: body.type ?? 'RECURRING',
      summary: { captured: 0, refunded: 0, cancelled: 0 },
    });
    return { status: 201, body: { chargeId: body.orderId } };
  }

  act({ payment, to, charge, status, reason, revoke }) {
    if (revoke) this.tokens += 1;
    if (payment) {
      const found = this.payments.get(payment);
      found.state = to;
      if (to === 'AUTHORIZED') found.aggregate.authorizedAmount = found.amount;
      this.notify(to, found, found.amount, '');
    }
    if (charge) {
      const found = this.charges.get(charge);
      found.status = status;
      if (reason) found.failureReason = reason;
      if (status === 'CHARGED') found.summary.captured = found.amount;
      this.sign({
        eventType: 'recurring.charge-captured.v1',
        agreementId: found.agreementId,
        chargeId: found.id,
        chargeExternalId: found.externalId,
        amount: found.amount,
        occurred: '2026-11-22T10:00:00Z',
        msn: '123456',
      });
    }
  }

  state() {
    const sum = (name) =>
      [...this.payments.values()].reduce((all, payment) => all + payment.aggregate[name].value, 0);
    return {
      payments: this.payments.size,
      charges: this.charges.size,
      tokens: this.tokens,
      captured: sum('capturedAmount'),
      refunded: sum('refundedAmount'),
    };
  }

  notify(name, payment, amount, idempotencyKey) {
    this.sign({
      msn: '123456',
      reference: payment.reference,
      pspReference: payment.pspReference,
      name,
      amount,
      timestamp: '2026-11-22T10:00:00Z',
      idempotencyKey,
      success: true,
    });
  }

  sign(event) {
    const body = JSON.stringify(event);
    const content = createHash('sha256').update(body).digest('base64');
    const date = 'Sun, 22 Nov 2026 10:00:00 GMT';
    const host = 'telgiro.example';
    const path = '/hooks/vipps?unit=1';
    const signature = createHmac('sha256', kWebhookSecret)
      .update(`POST\n${path}\n${date};${host};${content}`)
      .digest('base64');
    this.webhooks.push({
      path,
      host,
      body,
      headers: {
        'x-ms-date': date,
        'x-ms-content-sha256': content,
        authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
      },
    });
  }
}
