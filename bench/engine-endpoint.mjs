// How soon a turn ends, how soon a word shows and how many words are wrong: Kaldi's own rules
// against ours, on the same recorded speech in the same run. Audio time plus decoding time.
// Needs: sudo apt-get install pocketsphinx-testdata asterisk-core-sounds-en-g722 ffmpeg
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { importSources } from '../scripts/import-sources.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const parts = await importSources(
  'engine-endpoint',
  `export { requireInstallation } from './src/engine/vosk/installation.ts';
   export { loadModel } from './src/engine/vosk/model.ts';
   export { SLICE_SAMPLES, TurnEnd } from './src/engine/vosk/turn-end.ts';
   export { encodePcm16, levelOf, VoiceDetector } from './src/core/index.ts';
   export { readers, projectSample } from './test/engine/speech-samples.ts';`,
);
const { SLICE_SAMPLES, TurnEnd, VoiceDetector } = parts;

const RATE = 16_000;
const TAIL_SECONDS = 3;
const PROMPTS = 12;
/** Root mean square of the noise that is added, in dB relative to full scale. */
const ROOMS = { quiet: -65, loud: -38 };

/** When is a turn over? Each takes a slice and what the decoder says, and answers so far. */
const kaldi = () => ({ hear: (_, view) => view.atEnd });
const level = (silenceMs) => () => {
  const voice = new VoiceDetector();
  let heardMs = 0;
  return {
    hear(slice) {
      heardMs += 50;
      voice.hear(parts.levelOf(parts.encodePcm16(slice)), heardMs);
      return voice.sinceVoiceMs(heardMs) >= silenceMs;
    },
  };
};
const both = (silenceMs) => () => {
  const turnEnd = new TurnEnd();
  return {
    hear(slice, { partial, atEnd }) {
      turnEnd.hear(slice, { partial, verdict: atEnd ? 'at-end' : 'going-on' });
      return turnEnd.silenceMs >= silenceMs;
    },
  };
};

const THEIRS = new Map();
const OURS = undefined;
const ROWS = [
  {
    name: "rival: model's settings, Kaldi's end",
    settings: THEIRS,
    rule: kaldi,
    rooms: ['quiet', 'loud'],
  },
  { name: "our settings, Kaldi's end", settings: OURS, rule: kaldi, rooms: ['quiet'] },
  {
    name: 'our settings, level 600 ms',
    settings: OURS,
    rule: level(600),
    rooms: ['quiet', 'loud'],
  },
  { name: 'our settings, both 400 ms', settings: OURS, rule: both(400), rooms: ['quiet'] },
  { name: 'our settings, both 500 ms', settings: OURS, rule: both(500), rooms: ['quiet'] },
  { name: 'our settings, both 600 ms', settings: OURS, rule: both(600), rooms: ['quiet', 'loud'] },
  { name: 'our settings, both 1000 ms', settings: OURS, rule: both(1_000), rooms: ['quiet'] },
];

/** One speaker's telephone prompts, 16 kHz, with the text they were read from. */
async function prompts() {
  const script = '/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz';
  const lines = gunzipSync(await readFile(script))
    .toString()
    .split('\n');
  const usable = lines
    .map((line) => /^([\w/-]+): ([A-Za-z .,'?-]+)$/.exec(line))
    .filter((match) => match && match[2].split(' ').length >= 8)
    .filter((_, index) => index % 5 === 0)
    .slice(0, PROMPTS);
  return usable.map(([, name, words]) => {
    const file = `/usr/share/asterisk/sounds/en_US_f_Allison/${name}.g722`;
    const args = ['-v', 'error', '-f', 'g722', '-i', file, '-ar', '16000', '-f', 's16le', '-'];
    return { pcm: execFileSync('ffmpeg', args), words };
  });
}

function samplesOf({ pcm }, noiseDb) {
  const bytes = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  const samples = new Float32Array((pcm.byteLength >> 1) + TAIL_SECONDS * RATE);
  for (let at = 0; at < pcm.byteLength >> 1; at += 1)
    samples[at] = bytes.getInt16(at * 2, true) / 32_768;
  // A seeded generator, so that every row hears the same noise.
  let seed = 1;
  const amplitude = 10 ** (noiseDb / 20) * Math.sqrt(12);
  for (let at = 0; at < samples.length; at += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    samples[at] += (seed / 2 ** 32 - 0.5) * amplitude;
  }
  return samples;
}

/** Decodes one recording as the engine does it, and notes when each thing became known. */
function decode({ model, samples, rule }) {
  const recognizer = model.createRecognizer();
  const address = model.module._malloc(SLICE_SAMPLES * 4);
  const turnEnd = rule();
  const turns = [];
  let shown = [];
  let decodingMs = 0;
  for (let at = 0; at + SLICE_SAMPLES <= samples.length; at += SLICE_SAMPLES) {
    const slice = samples.subarray(at, at + SLICE_SAMPLES);
    const startedAtMs = performance.now();
    model.module.HEAPF32.set(
      slice.map((sample) => sample * 32_768),
      address / 4,
    );
    const atEnd = recognizer.AcceptWaveform(address, SLICE_SAMPLES);
    const partial = JSON.parse(recognizer.PartialResult()).partial ?? '';
    const isOver = turnEnd.hear(slice, { partial, atEnd });
    const final = isOver && partial ? JSON.parse(recognizer.Result()) : undefined;
    const tookMs = performance.now() - startedAtMs;
    decodingMs += tookMs;
    const nowMs = ((at + SLICE_SAMPLES) / RATE) * 1_000 + tookMs;
    const words = partial.split(' ').filter(Boolean);
    while (shown.length < words.length) shown.push(nowMs);
    if (final?.text) turns.push({ words: final.result, nowMs, shown });
    if (final) shown = [];
  }
  const rest = JSON.parse(recognizer.FinalResult());
  if (rest.text) turns.push({ words: rest.result, shown });
  model.module._free(address);
  recognizer.delete();
  return { turns, decodingMs };
}

function errorsBetween(said, heard) {
  let row = Array.from({ length: heard.length + 1 }, (_, index) => index);
  said.forEach((word, index) => {
    const above = row;
    row = [index + 1];
    heard.forEach((other, column) => {
      const replaced = above[column] + (word === other ? 0 : 1);
      row.push(Math.min(replaced, above[column + 1] + 1, row[column] + 1));
    });
  });
  return row.at(-1);
}

const wordsIn = (text) => text.toLowerCase().match(/[a-z']+/g) ?? [];
const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
};

const installation = await parts.requireInstallation(undefined);
const recordings = [...parts.readers(), ...(await prompts())];
const table = [];
for (const { name, settings, rule, rooms } of ROWS) {
  const model = await parts.loadModel(installation, settings);
  for (const room of rooms) {
    const sum = { wrong: 0, words: 0, cuts: 0, unended: 0, decodingMs: 0, audioMs: 0 };
    const finals = [];
    const shows = [];
    for (const recording of recordings) {
      const samples = samplesOf(recording, ROOMS[room]);
      const { turns, decodingMs } = decode({ model, samples, rule });
      const said = wordsIn(recording.words);
      sum.wrong += errorsBetween(
        said,
        turns.flatMap(({ words }) => words.map(({ word }) => word)),
      );
      sum.words += said.length;
      sum.cuts += Math.max(0, turns.length - 1);
      sum.decodingMs += decodingMs;
      sum.audioMs += samples.length / (RATE / 1_000);
      const last = turns.at(-1);
      if (last && last.nowMs === undefined) sum.unended += 1;
      else if (last) finals.push(last.nowMs - last.words.at(-1).end * 1_000);
      for (const { words, shown } of turns) {
        words.forEach((word, index) => {
          if (shown[index] !== undefined) shows.push(shown[index] - word.end * 1_000);
        });
      }
    }
    const p50 = percentile(finals, 0.5);
    const rival = table.find((row) => row.room === room);
    table.push({
      room,
      rule: name,
      'final p50 ms': Math.round(p50),
      'p90 ms': Math.round(percentile(finals, 0.9)),
      'to rival': (p50 / (rival?.['final p50 ms'] ?? p50)).toFixed(2),
      'WER %': ((100 * sum.wrong) / sum.words).toFixed(1),
      cuts: sum.cuts,
      unended: sum.unended,
      'word p50 ms': Math.round(percentile(shows, 0.5)),
      'word p90 ms': Math.round(percentile(shows, 0.9)),
      'real-time factor': (sum.decodingMs / sum.audioMs).toFixed(2),
    });
  }
}
console.log(`${recordings.length} recordings of human speech`);
console.table(table);
