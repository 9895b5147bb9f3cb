import { existsSync, readFileSync } from 'node:fs';

/** Recorded human speech: PCM of 16 bits and 16 kHz, and what was said. */
export interface SpeechSample {
  readonly pcm: Uint8Array;
  readonly words: string;
}

const TEST_DATA = '/usr/share/pocketsphinx/test/data';
const NOVEL = 'librivox/sense_and_sensibility_01_austen_64kb';
const WAV_HEADER_BYTES = 44;

export function projectSample(): SpeechSample {
  return { pcm: readPcm('media/sample.wav'), words: readFileSync('media/sample.txt', 'utf8') };
}

/** Readers of a novel and of playing cards, from the Debian package `pocketsphinx-testdata`. */
export function readers(): readonly SpeechSample[] {
  return Object.entries({
    [`${NOVEL}-0870`]:
      'but mr john dashwood had then leisure to consider how much there might be prudently in his power to do for them',
    [`${NOVEL}-0880`]: 'he was not an ill disposed young man',
    [`${NOVEL}-0890`]: 'unless to be rather cold hearted and rather selfish is to be ill disposed',
    [`${NOVEL}-0920`]:
      'had he married a more amiable woman he might have been made still more respectable than he was',
    [`${NOVEL}-0930`]: 'he might even have been made amiable himself',
    'cards/001': 'ten of clubs',
    'cards/002': 'four queen of clubs',
    'cards/003': 'seven of clubs',
    'cards/004': 'five five',
    'cards/005': 'eight of spades four of clubs seven of hearts',
  }).map(([name, words]) => ({ pcm: readPcm(`${TEST_DATA}/${name}.wav`), words }));
}

/** As `lacks` does it for programs: left out where the package is missing, except in CI. */
export function lacksReaders(): boolean {
  if (existsSync(`${TEST_DATA}/cards/001.wav`)) return false;
  const advice = 'speech is missing; install it with: sudo apt-get install pocketsphinx-testdata';
  if (process.env['CI'] === 'true') throw new Error(advice);
  process.stderr.write(`Tests are left out: ${advice}\n`);
  return true;
}

/** Edits that turn what was heard into what was said, as a share of the words said. */
export function wordErrorRate(said: string, heard: string): number {
  const [wanted, got] = [wordsOf(said), wordsOf(heard)];
  let row = Array.from({ length: got.length + 1 }, (_, index) => index);
  for (const [index, word] of wanted.entries()) {
    const above = row;
    row = [index + 1];
    for (const [column, other] of got.entries()) {
      const replaced = (above[column] ?? 0) + (word === other ? 0 : 1);
      row.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
  }
  return (row.at(-1) ?? 0) / wanted.length;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z']+/g) ?? [];
}

function readPcm(path: string): Uint8Array {
  return readFileSync(path).subarray(WAV_HEADER_BYTES);
}
