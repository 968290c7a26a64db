// A server that does everything a server should not: closes, stalls, redirects, cuts, floods.
// usage: node misbehaving.mjs FOLDER
// FOLDER holds authority.pem, server.pem and server.key. Prints "PLAIN TLS MUTUAL", three ports.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';

const folder = process.argv[2];
const file = (name) => readFileSync(join(folder, name));
let count = 0; // Of the requests that arrived in full.

function misbehave(request, response, body) {
  const socket = request.socket;
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  switch (request.url.split('?')[0]) {
    case '/echo':
      response.setHeader('X-Seen', 'Yes');
      return response.end([`${request.method} ${request.url}`, ...headers, '', body].join('\n'));
    case '/count':
      return response.end(String(count));
    case '/redirect':
      return response.writeHead(302, { location: '/echo' }).end('elsewhere');
    case '/error':
      return response.writeHead(503).end('down');
    case '/empty':
      return response.writeHead(204).end();
    case '/hang-up':
      return socket.destroy();
    case '/stall':
      return undefined;
    case '/cut':
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
      return socket.end();
    case '/garbage':
      return socket.end('\x00\x01no http at all\r\n\r\n');
    case '/flood':
      response.on('close', () => response.destroy());
      return response.end(Buffer.alloc(5 << 20, 'a'));
    case '/many-headers':
      socket.write('HTTP/1.1 200 OK\r\n');
      for (let line = 0; line < 2000; ++line) socket.write(`X-${line}: ${'v'.repeat(60)}\r\n`);
      return socket.end('\r\n');
    case '/who':
      return response.end(socket.getPeerCertificate?.()?.subject?.CN ?? 'nobody');
    default:
      return response.writeHead(404).end();
  }
}

function serve(request, response) {
  request.on('error', () => {});
  response.on('error', () => {});
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    count += 1;
    misbehave(request, response, Buffer.concat(parts).toString());
  });
}

const keys = { key: file('server.key'), cert: file('server.pem') };
const servers = [
  http.createServer(serve),
  https.createServer(keys, serve),
  https.createServer(
    { ...keys, ca: file('authority.pem'), requestCert: true, rejectUnauthorized: true },
    serve,
  ),
];
const ports = [];
for (const server of servers) {
  server.on('tlsClientError', () => {});
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  ports.push(server.address().port);
}
console.log(ports.join(' '));
