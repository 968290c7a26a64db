// The providers' published descriptions: which there are, what an operation's body may hold, and
// what in a body stands in no schema at all.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';

// Provider to files below the folder of descriptions. Only operations that we use are read.
export const kSpecs = {
  adyen: [['adyen/CheckoutService-v71.json', /^\/payment(s|Links)(\/|$)/]],
  adyen_terminal: [['adyen/TerminalAPI-v1.json', /^\/(payment|transactionstatus|reversal|abort)$/]],
  paypal: [
    ['prism-ready/paypal-orders-v2.json', /orders(\/\{id\}(\/capture|\/authorize)?)?$/],
    ['prism-ready/paypal-payments-v2.json', /(captures|authorizations)/],
    ['prism-ready/paypal-vault-v3.json', /payment-tokens/],
    ['paypal/notifications_webhooks_v1.json', /verify-webhook-signature$/],
  ],
  twilio: [['twilio/twilio_api_v2010.messages-calls.json', /\/Messages\.json$/]],
  vipps: [
    ['vippsmobilepay/access-token.swagger.yaml', /./],
    ['prism-ready/vipps-epayment-v1.json', /^\/epayment\/v1\/payments/],
    ['prism-ready/vipps-recurring-v3.json', /^\/recurring\/v3\//],
  ],
};

// Where a token is fetched that stands in no description of its provider.
export const kTokenPaths = { paypal: '/v1/oauth2/token' };

const kMethods = ['get', 'put', 'post', 'delete', 'patch'];

const unescaped = (part) => part.replace(/~1/g, '/').replace(/~0/g, '~');

// OpenAPI 3.0 says with a truth value whether a limit is excluded; JSON Schema says which one is.
function modernise(schema) {
  if (schema === null || typeof schema !== 'object') return;
  for (const [name, limit] of [
    ['exclusiveMaximum', 'maximum'],
    ['exclusiveMinimum', 'minimum'],
  ]) {
    if (typeof schema[name] !== 'boolean') continue;
    if (schema[name]) [schema[name], schema[limit]] = [schema[limit], undefined];
    else delete schema[name];
    if (schema[limit] === undefined) delete schema[limit];
  }
  Object.values(schema).forEach(modernise);
}

export class Spec {
  constructor(folder, [file, wanted]) {
    this.file = join(folder, file);
    this.document = parse(readFileSync(this.file, 'utf8'));
    for (const path of Object.keys(this.document.paths)) {
      if (!wanted.test(path)) delete this.document.paths[path];
    }
    this.ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
    addFormats(this.ajv);
    const modern = JSON.parse(JSON.stringify(this.document));
    modernise(modern);
    this.ajv.addSchema(modern, 'spec');
    this.validators = new Map();
  }

  // {name: "post /payments", body: schema or undefined, parameters}, or nothing.
  find(method, path) {
    for (const [template, item] of Object.entries(this.document.paths)) {
      const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
      const operation = item[method.toLowerCase()];
      if (!kMethods.includes(method.toLowerCase()) || !operation || !pattern.test(path)) continue;
      const at = `#/paths/${template.replace(/~/g, '~0').replace(/\//g, '~1')}/${method.toLowerCase()}`;
      return { name: `${method.toLowerCase()} ${template}`, ...this.bodyOf(operation, at) };
    }
    return undefined;
  }

  bodyOf(operation, at) {
    let body = operation.requestBody;
    if (!body) return {};
    let pointer = `${at}/requestBody`;
    if (body.$ref) {
      pointer = body.$ref;
      body = this.resolve(body);
    }
    const type = Object.keys(body.content)[0];
    return {
      body: body.content[type].schema,
      pointer: `${pointer}/content/${type.replace(/\//g, '~1')}/schema`,
    };
  }

  resolve(schema) {
    let found = schema;
    while (found?.$ref) {
      found = found.$ref
        .slice(2)
        .split('/')
        .map((part) => unescaped(decodeURIComponent(part)))
        .reduce((at, part) => at?.[part], this.document);
    }
    return found ?? {};
  }

  // Why a body does not fit the operation; none: it fits.
  misfits(operation, value) {
    if (!operation.pointer) return [];
    if (!this.validators.has(operation.pointer)) {
      this.validators.set(
        operation.pointer,
        this.ajv.compile({ $ref: `spec${operation.pointer}` }),
      );
    }
    const validate = this.validators.get(operation.pointer);
    return validate(value) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
  }

  // The parts of allOf, oneOf and anyOf that can describe the value, with the schema itself.
  branches(schema, value) {
    const own = this.resolve(schema);
    const more = [...(own.allOf ?? []), ...(own.oneOf ?? []), ...(own.anyOf ?? [])];
    const fits = (branch) =>
      Object.entries(this.resolve(branch).properties ?? {}).every(
        ([name, child]) =>
          value?.[name] === undefined ||
          (this.resolve(child).enum ?? [value[name]]).includes(value[name]),
      );
    return [own, ...more.filter(fits).flatMap((branch) => this.branches(branch, value))];
  }

  // The places of members that no schema knows: "/amount/valuta".
  unknown(schemas, value, place = '') {
    const known = schemas.flatMap((schema) => this.branches(schema, value));
    if (Array.isArray(value)) {
      const items = known.filter((schema) => schema.items).map((schema) => schema.items);
      return value.flatMap((item, at) => this.unknown(items, item, `${place}/${at}`));
    }
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([name, child]) => {
      const here = known
        .filter((schema) => schema.properties?.[name])
        .map((schema) => schema.properties[name]);
      if (here.length > 0) return this.unknown(here, child, `${place}/${name}`);
      const open = known.some((schema) => schema.additionalProperties);
      return open ? [] : [`${place}/${name}`];
    });
  }
}

export function specsOf(folder, provider) {
  return kSpecs[provider]
    .filter(([file]) => existsSync(join(folder, file)))
    .map((row) => new Spec(folder, row));
}
