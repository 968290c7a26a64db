// PayPal as its documentation describes it: orders that a customer approves, captures that happen
// once for each invoice, refunds, kept methods, and webhooks that PayPal itself recognises.
import { createHash } from 'node:crypto';

const unprocessable = (issue, links = []) => ({
  status: 422,
  body: {
    name: 'UNPROCESSABLE_ENTITY',
    message: issue,
    debug_id: 'd1',
    details: [{ issue }],
    links,
  },
});
const copy = (value) => JSON.parse(JSON.stringify(value));

export class Provider {
  keys = new Map();
  orders = new Map();
  signed = new Set();
  webhooks = [];
  count = 0;

  invalid(why) {
    return {
      status: 400,
      body: {
        name: 'INVALID_REQUEST',
        message: why,
        debug_id: 'd1',
        details: [{ issue: 'INVALID', description: why }],
      },
    };
  }

  handle(method, path, headers, body, wish) {
    if (path === '/v1/oauth2/token') {
      const good =
        headers.authorization === `Basic ${Buffer.from('shop:hush').toString('base64')}` &&
        body.grant_type === 'client_credentials';
      return good
        ? { status: 200, body: { access_token: 'T', expires_in: 32400 } }
        : { status: 401, body: { error: 'invalid_client' } };
    }
    if (headers.authorization !== 'Bearer T')
      return { status: 401, body: { error: 'invalid_token' } };
    if (path.endsWith('verify-webhook-signature')) return this.verify(body);
    if (method === 'get') {
      const order = this.orders.get(path.split('/').at(-1));
      return order
        ? { status: 200, body: order }
        : { status: 404, body: { name: 'RESOURCE_NOT_FOUND' } };
    }
    if (wish?.issue) return unprocessable(wish.issue, wish.links);
    const key = headers['paypal-request-id'];
    if (!key) return this.invalid('PayPal-Request-Id is missing');
    const at = `${path} ${key}`;
    if (!this.keys.has(at)) this.keys.set(at, copy(this.once(path, body, wish)));
    return this.keys.get(at);
  }

  name() {
    this.count += 1;
    return `${this.count}`.padStart(17, 'A');
  }

  once(path, body, wish) {
    const [, , , kind, id, what] = path.split('/');
    if (kind === 'captures') return this.refund(id, body);
    if (what === 'capture') return this.capture(this.orders.get(id), wish);
    return this.order(body);
  }

  order(body) {
    const id = this.name();
    const order = {
      id,
      intent: body.intent,
      status: 'PAYER_ACTION_REQUIRED',
      payment_source: { paypal: {} },
      purchase_units: [{ ...body.purchase_units[0], reference_id: 'default' }],
      links: [
        { rel: 'self', href: 'https://api.example' },
        { rel: 'payer-action', href: `https://paypal.example/${id}` },
      ],
    };
    this.orders.set(id, order);
    const kept = body.payment_source.paypal;
    if (kept.vault_id) {
      if (kept.vault_id !== 'VAULT1') return unprocessable('TOKEN_ID_NOT_FOUND');
      order.status = 'APPROVED';
      return this.capture(order);
    }
    order.keeps = kept.attributes?.vault?.store_in_vault === 'ON_SUCCESS';
    return { status: 200, body: order };
  }

  capture(order, wish) {
    if (!order) return { status: 404, body: { name: 'RESOURCE_NOT_FOUND' } };
    if (order.status === 'COMPLETED') return unprocessable('ORDER_ALREADY_CAPTURED');
    if (order.status !== 'APPROVED') return unprocessable('ORDER_NOT_APPROVED');
    const unit = order.purchase_units[0];
    const capture = {
      id: this.name(),
      status: wish?.capture ?? 'COMPLETED',
      amount: unit.amount,
      custom_id: unit.custom_id,
      supplementary_data: { related_ids: { order_id: order.id } },
      seller_receivable_breakdown: {
        gross_amount: unit.amount,
        paypal_fee: { currency_code: unit.amount.currency_code, value: '8.47' },
      },
    };
    order.status = 'COMPLETED';
    unit.payments = { captures: [capture], refunds: [] };
    if (order.keeps)
      order.payment_source = {
        paypal: { attributes: { vault: { id: 'VAULT1', status: 'VAULTED' } } },
      };
    if (capture.status === 'COMPLETED') this.notify('PAYMENT.CAPTURE.COMPLETED', capture);
    return { status: 201, body: order };
  }

  refund(id, body) {
    const order = [...this.orders.values()].find(
      (one) => one.purchase_units[0].payments?.captures[0].id === id,
    );
    if (!order) return { status: 404, body: { name: 'RESOURCE_NOT_FOUND' } };
    const { payments } = order.purchase_units[0];
    const cents = (amount) => Number(amount.value.replace('.', ''));
    const before = payments.refunds.reduce((sum, one) => sum + cents(one.amount), 0);
    if (before + cents(body.amount) > cents(payments.captures[0].amount)) {
      return unprocessable('REFUND_AMOUNT_EXCEEDED');
    }
    const total = `${before + cents(body.amount)}`.padStart(3, '0').replace(/(..)$/, '.$1');
    const refund = {
      id: this.name(),
      status: 'COMPLETED',
      amount: body.amount,
      custom_id: body.custom_id,
      seller_payable_breakdown: { total_refunded_amount: { ...body.amount, value: total } },
    };
    payments.refunds.push(refund);
    this.notify('PAYMENT.CAPTURE.REFUNDED', refund);
    return { status: 201, body: refund };
  }

  act({ approve, disown }) {
    if (disown) this.signed.clear();
    if (!approve) return;
    const order = this.orders.get(approve);
    order.status = 'APPROVED';
    this.notify('CHECKOUT.ORDER.APPROVED', order);
  }

  state() {
    const all = [...this.orders.values()].map((order) => order.purchase_units[0].payments);
    return {
      orders: all.length,
      captures: all.filter((payments) => payments).length,
      refunds: all.reduce((sum, payments) => sum + (payments?.refunds.length ?? 0), 0),
    };
  }

  // PayPal signs the bytes, and so does this: by their hash.
  notify(event_type, resource) {
    const id = `WH-${this.name()}`;
    const body = `{ "id" : "${id}",  "event_type":"${event_type}", "resource":${JSON.stringify(resource)}}`;
    const transmission = `tr-${id}`;
    this.signed.add(
      `${transmission} ${createHash('sha256')
        .update(JSON.stringify(JSON.parse(body)))
        .digest('hex')}`,
    );
    this.webhooks.push({
      path: '/hooks/paypal',
      host: 'telgiro.example',
      body,
      headers: {
        'paypal-transmission-id': transmission,
        'paypal-transmission-time': '2026-11-22T10:00:00Z',
        'paypal-transmission-sig': 'sig==',
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
      },
    });
  }

  verify(body) {
    const hash = createHash('sha256').update(JSON.stringify(body.webhook_event)).digest('hex');
    const good =
      body.webhook_id === 'WEBHOOK1' && this.signed.has(`${body.transmission_id} ${hash}`);
    return { status: 200, body: { verification_status: good ? 'SUCCESS' : 'FAILURE' } };
  }
}
