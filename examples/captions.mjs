// Writes the subtitles of a recording as they are heard: captions.mjs talk.wav talk.vtt
import { appendFile, writeFile } from 'node:fs/promises';
import { dictate } from 'lull';
import { wavFile } from 'lull/node';

const [, , recording = 'talk.wav', captions = 'talk.vtt'] = process.argv;
const { LULL_KEY: key, LULL_ENDPOINT: endpoint } = process.env;
/** @param {number} ms */
const time = (ms) => new Date(ms).toISOString().slice(11, 23);

await writeFile(captions, 'WEBVTT\n');
for await (const event of dictate({ audio: await wavFile(recording), key, endpoint })) {
  if (event.type !== 'final') continue;
  const cue = `\n${time(event.startMs)} --> ${time(event.endMs)}\n${event.text}\n`;
  await appendFile(captions, cue);
}
