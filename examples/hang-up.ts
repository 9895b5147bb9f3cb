// Dictates until you have been silent for five seconds, then hangs up: hang-up.ts [recording]
// Runs as it is on Node 24, Deno and Bun; Node 20 and 22 need a compiler for `await using`.
import { dictate } from 'lull';
import { microphone, wavFile } from 'lull/node';

const [, , recording] = process.argv;
const { LULL_KEY: key, LULL_ENDPOINT: endpoint } = process.env;
const engine = endpoint ? 'local' : 'assemblyai';
const audio = recording ? await wavFile(recording) : microphone();
const signal = AbortSignal.timeout(600_000);

await using dictation = dictate({ audio, key, engine, endpoint, silenceSeconds: 5, signal });
for await (const event of dictation) if (event.type === 'final') console.log(event.text);
const { reason, billedSeconds } = await dictation.ended;
console.error(`Ended by ${reason}, ${billedSeconds} s billed`);
