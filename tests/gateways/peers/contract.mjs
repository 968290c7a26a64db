// Holds requests to a provider's published description: Prism validates and answers, and a walk
// finds members that no schema knows, which Prism lets pass.
// usage: node contract.mjs FOLDER PROVIDER
// Prints its port. GET /_report answers what came since the last one, and forgets it:
// [{"operation": "post /payments", "violations": [...], "unknown": [...]}]
import http from 'node:http';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';
import { kTokenPaths, specsOf } from './specs.mjs';

const silent = {
  trace() {},
  debug() {},
  info() {},
  success() {},
  start() {},
  warn() {},
  error() {},
  fatal() {},
  child: () => silent,
};
const config = {
  mock: { dynamic: false },
  validateRequest: true,
  validateResponse: false,
  checkSecurity: true,
  errors: false,
  isProxy: false,
  upstreamProxy: undefined,
};

const [folder, provider] = process.argv.slice(2);
const specs = [];
for (const spec of specsOf(folder, provider)) {
  const operations = await getHttpOperationsFromSpec(JSON.parse(JSON.stringify(spec.document)));
  const prism = createServer(operations, { config, components: { logger: silent }, cors: false });
  specs.push({ spec, address: await prism.listen(0, '127.0.0.1') });
}
let report = [];

// Three shapes: a header with a list, a problem body with a list, and 401 without either.
function violationsOf(status, headers, text) {
  const header = headers.get('sl-violations');
  const read = (json, pick) => {
    try {
      return pick(JSON.parse(json)) ?? [];
    } catch {
      return [];
    }
  };
  const list = header
    ? read(header.slice(header.indexOf('[')), (all) => all)
    : read(text, (problem) => problem.validation);
  const found = list
    .filter((violation) => violation.location?.[0] === 'request')
    .map((violation) => `${violation.location.join('.')}: ${violation.message}`);
  if (found.length === 0 && status === 401) found.push('request: not authorised');
  if (found.length === 0 && (status === 404 || status === 405 || status === 422)) {
    found.push(`request: answered with ${status}: ${text.slice(0, 600)}`);
  }
  return found;
}

function unknownOf(spec, operation, headers, body) {
  if (!body || !operation.body) return [];
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return spec.unknown([operation.body], Object.fromEntries(new URLSearchParams(body)));
  }
  if (!type.startsWith('application/json')) return [];
  return spec.unknown([operation.body], JSON.parse(body));
}

// A message to a terminal goes in an envelope, of which Prism knows only the letters.
async function holdMessage(response, request, body) {
  const { spec, address } = specs[0];
  const message = JSON.parse(body.toString()).SaleToPOIRequest ?? {};
  const category = message.MessageHeader?.MessageCategory ?? 'none';
  const operation = spec.find('POST', `/${category.toLowerCase()}`);
  const pointer = '#/components/schemas/SaleToPOIRequest';
  const answer = await fetch(`${address}/${category.toLowerCase()}`, {
    method: 'POST',
    body: JSON.stringify(message[`${category}Request`]),
    headers: {
      'content-type': 'application/json',
      'x-api-key': request.headers['x-api-key'] ?? '',
    },
  });
  report.push({
    operation: operation?.name ?? category,
    violations: [
      ...violationsOf(answer.status, answer.headers, await answer.text()),
      ...spec.misfits({ pointer }, message),
    ],
    unknown: spec.unknown([{ $ref: pointer }], message),
  });
  // A terminal has never heard of any payment, so that each is sent; one "-busy" is always at it.
  const busy = message.MessageHeader?.POIID?.endsWith('-busy');
  const said = {
    Response: { Result: 'Failure', ErrorCondition: busy ? 'InProgress' : 'NotFound' },
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      SaleToPOIResponse: {
        MessageHeader: message.MessageHeader,
        [`${category}Response`]: said,
      },
    }),
  );
}

async function hold(request, response, body) {
  const path = request.url.split('?')[0];
  if (path === kTokenPaths[provider]) {
    return response.end(JSON.stringify({ access_token: 'token', expires_in: 3600 }));
  }
  if (path.endsWith('/sync')) return holdMessage(response, request, body);
  const found = specs
    .map(({ spec, address }) => ({ spec, address, operation: spec.find(request.method, path) }))
    .find((row) => row.operation);
  if (!found) {
    report.push({
      operation: `${request.method} ${path}`,
      violations: ['no such operation'],
      unknown: [],
    });
    return response.writeHead(404).end();
  }
  const { spec, address, operation } = found;
  const headers = { ...request.headers };
  for (const name of ['host', 'connection', 'content-length', 'user-agent']) delete headers[name];
  const answer = await fetch(address + request.url, {
    method: request.method,
    headers,
    body: body.length > 0 ? body : undefined,
  });
  const text = await answer.text();
  report.push({
    operation: operation.name,
    violations: violationsOf(answer.status, answer.headers, text),
    unknown: unknownOf(spec, operation, request.headers, body.toString()),
  });
  return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
}

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    if (request.url === '/_report') {
      response.end(JSON.stringify(report));
      report = [];
      return;
    }
    hold(request, response, Buffer.concat(parts)).catch((error) => {
      report.push({ operation: request.url, violations: [String(error.stack)], unknown: [] });
      response.writeHead(500).end();
    });
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
