// A provider that keeps state and has bad manners, in a process of its own.
// usage: node fake.mjs FOLDER PROVIDER; prints its port.
// It reads requests by the provider's published description alone. Tests steer it:
//   POST /_next {"manner": ...}  how the next request is treated: "stall_after", "hang_up_after",
//                                "garbage_after" (it is done, but not said), "hang_up_before",
//                                "503", "429" (it is not done); or what the provider wishes to say,
//                                {"say": ...}
//   POST /_act {...}             what a customer or bank does
//   GET  /_reset                forgets everything
//   GET  /_state                 what the provider has done so far
//   GET  /_webhooks              its webhooks, each twice, the newest first
import http from 'node:http';
import { kSpecs, kTokenPaths, specsOf } from './specs.mjs';

const [folder, name] = process.argv.slice(2);
const { Provider } = await import(`./fake_${name}.mjs`);
const specs = name in kSpecs ? specsOf(folder, name) : [];
let provider = new Provider();
let manners = [];

const bodyOf = (headers, text) => {
  if (text === '') return undefined;
  return (headers['content-type'] ?? '').startsWith('application/json')
    ? JSON.parse(text)
    : Object.fromEntries(new URLSearchParams(text));
};

// What the provider does with a request that fits its description.
function serve(request, text) {
  const path = request.url.split('?')[0];
  const body = bodyOf(request.headers, text);
  if (provider.misfits) {
    const misfits = provider.misfits(specs[0], body);
    if (misfits.length > 0) return provider.invalid(misfits.join('; '));
  } else if (specs.length > 0 && path !== kTokenPaths[name]) {
    const spec = specs.find((one) => one.find(request.method, path));
    const operation = spec?.find(request.method, path);
    if (!operation) return { status: 404, body: { message: 'no such operation' } };
    const misfits = operation.body ? spec.misfits(operation, body) : [];
    const unknown = operation.body && body ? spec.unknown([operation.body], body) : [];
    if (misfits.length + unknown.length > 0) {
      return provider.invalid([...misfits, ...unknown].join('; '));
    }
  }
  const wish = typeof manners[0] === 'object' ? manners.shift().say : undefined;
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  return provider.handle(request.method.toLowerCase(), path, request.headers, body, wish, query);
}

function answer(request, response, text) {
  const manner = typeof manners[0] === 'string' ? manners.shift() : '';
  if (manner === '503' || manner === '429') return response.writeHead(Number(manner)).end('busy');
  if (manner === 'hang_up_before') return request.socket.destroy();
  const { status, body, headers } = serve(request, text);
  if (manner === 'stall_after') return undefined;
  if (manner === 'hang_up_after') return request.socket.destroy();
  if (manner === 'garbage_after') return response.writeHead(200).end('<html>sorry');
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  return response.end(body === undefined ? '' : JSON.stringify(body));
}

const kControls = {
  '/_next': (body) => {
    manners.push(body.say === undefined ? body.manner : body);
    return {};
  },
  '/_reset': () => {
    provider = new Provider();
    manners = [];
    return {};
  },
  '/_act': (body) => provider.act(body) ?? {},
  '/_state': () => provider.state(),
  '/_webhooks': () => {
    const newestFirst = provider.webhooks.splice(0).reverse();
    return [...newestFirst, ...newestFirst];
  },
};

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString();
    const control = kControls[request.url];
    if (control) return response.end(JSON.stringify(control(text ? JSON.parse(text) : {})));
    try {
      return answer(request, response, text);
    } catch (error) {
      return response.writeHead(500).end(String(error.stack));
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
