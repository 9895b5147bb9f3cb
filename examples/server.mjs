// Many streams at once: each request brings 16 kHz PCM and takes events away, a line each:
// arecord -f S16_LE -r 16000 -t raw | curl -NT - http://127.0.0.1:8080
import { createServer } from 'node:http';
import { dictate } from 'lull';

const { LULL_KEY: key, LULL_ENDPOINT: endpoint, PORT = '8080' } = process.env;
const server = createServer(async (request, response) => {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const dictation = dictate({ audio: request, key, endpoint, signal: gone.signal });
  try {
    for await (const event of dictation) response.write(`${JSON.stringify(event)}\n`);
  } catch {
    // The last line has said what went wrong; the other streams go on.
  }
  response.end();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('listening on', server.address()));
