// Twilio's Messages: each order is a message, whoever sends it twice has sent two; a message that
// waits has no day of sending, so that no filter by it finds it; callbacks are signed.
import { createHmac, randomBytes } from 'node:crypto';

const kAccount = 'AC0123456789abcdef0123456789abcdef';
const kToken = 'token-1';
const kAuthorization = `Basic ${Buffer.from(`${kAccount}:${kToken}`).toString('base64')}`;

const refused = (code, status = 400, headers = {}) => ({
  status,
  headers,
  body: { code, message: `refused: ${code}`, more_info: 'https://example.org', status },
});

const signatureOf = (url, form) => {
  const fields = Object.keys(form).sort();
  const text = url + fields.map((name) => name + form[name]).join('');
  return createHmac('sha1', kToken).update(text).digest('base64');
};

export class Provider {
  messages = [];
  webhooks = [];
  orders = 0;

  invalid(why) {
    return { status: 400, body: { code: 21620, message: why, status: 400 } };
  }

  handle(method, path, headers, body, wish, query) {
    if (headers.authorization !== kAuthorization) return refused(20003, 401);
    if (!path.includes(`/Accounts/${kAccount}/`)) return refused(20404, 404);
    if (method === 'get') return this.list(query);
    this.orders += 1;
    if (wish?.refuse) {
      const wait = wish.wait ? { 'retry-after': String(wish.wait) } : {};
      return refused(wish.refuse, wish.status ?? 400, wait);
    }
    if (!/^\+[1-9][0-9]{6,14}$/.test(body.To)) return refused(21211);
    if (!body.Body || Boolean(body.From) === Boolean(body.MessagingServiceSid)) {
      return refused(21603);
    }
    const message = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      account_sid: kAccount,
      to: body.To,
      from: body.From ?? null,
      body: (wish?.before ?? '') + body.Body,
      status: 'queued',
      date_created: new Date().toUTCString(),
      date_sent: null,
      error_code: null,
      callback: body.StatusCallback,
    };
    this.messages.push(message);
    return { status: 201, body: message };
  }

  list(query) {
    const hasDay = [...query.keys()].some((name) => name.startsWith('DateSent'));
    const messages = this.messages
      .filter((one) => !query.get('To') || one.to === query.get('To'))
      .filter((one) => !hasDay || one.date_sent !== null)
      .toReversed()
      .slice(0, Number(query.get('PageSize') ?? 50));
    return { status: 200, body: { messages, page: 0 } };
  }

  act({ status, error_code: code }) {
    const message = this.messages.at(-1);
    message.status = status;
    message.error_code = code || null;
    message.date_sent = new Date().toUTCString();
    const form = {
      MessageSid: message.sid,
      MessageStatus: status,
      AccountSid: kAccount,
      To: message.to,
      ...(code ? { ErrorCode: String(code) } : {}),
    };
    this.webhooks.push({
      url: message.callback,
      signature: signatureOf(message.callback, form),
      form,
    });
  }

  state() {
    return { orders: this.orders, messages: this.messages.length };
  }
}
