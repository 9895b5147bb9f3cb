// Serves the page beside it and tokens for it, so that the key stays here: server.mjs
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tokenHandler } from 'lull/token';

const { LULL_KEY: key, LULL_ENDPOINT: endpoint, PORT = '8080' } = process.env;
const mint = tokenHandler({ key, endpoint, maxSessionSeconds: 600 });
const library = import.meta.resolve('lull/browser');
const files = new Map([
  ['/', { file: new URL('index.html', import.meta.url), type: 'text/html' }],
  ['/lull/index.mjs', { file: new URL('index.mjs', library), type: 'text/javascript' }],
  ['/lull/browser.mjs', { file: new URL(library), type: 'text/javascript' }],
]);

const server = createServer(async ({ url = '/', method = 'GET', headers }, response) => {
  const { file, type = 'text/plain' } = files.get(url) ?? {};
  if (file) return response.setHeader('Content-Type', type).end(await readFile(file));
  if (url !== '/token') return response.writeHead(404).end();
  const origin = headers.origin === undefined ? {} : { origin: headers.origin };
  const request = new Request(`http://${headers.host}${url}`, { method, headers: origin });
  const answer = await mint(request);
  return response.writeHead(answer.status, [...answer.headers].flat()).end(await answer.text());
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('listening on', server.address()));
