import type { SeededRandom } from '../../support/seeded-random.ts';

/** One word of a talk, in milliseconds since the first sample. */
export interface SpokenWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Sound that knows what is said in it: every frame carries its number, every word its name. */
export interface Talk {
  readonly words: readonly SpokenWord[];
  readonly lengthMs: number;
}

export const FRAME_MS = 50;
export const FRAME_BYTES = 1_600;
const FRAME_SAMPLES = FRAME_BYTES / 2;
/** The number is written into the first samples, too faint to be heard. */
const NUMBER_SAMPLES = 8;
const VOICE_PEAK = 9_000;
const ROOM_PEAK = 24;

export interface TalkShape {
  readonly sentences: number;
  readonly longestPauseMs: number;
  readonly closingSilenceMs: number;
}

/** Sentences of two to six words, with breaths between the words and pauses between the sentences. */
export function composeTalk(random: SeededRandom, shape: TalkShape): Talk {
  const words: SpokenWord[] = [];
  let atMs = random.between(200, 1_500);
  for (let sentence = 0; sentence < shape.sentences; sentence += 1) {
    const count = random.between(2, 6);
    for (let index = 0; index < count; index += 1) {
      const endMs = atMs + random.between(160, 520);
      words.push({ text: `w${words.length}`, startMs: atMs, endMs });
      atMs = endMs + random.between(20, 120);
    }
    atMs += random.between(700, shape.longestPauseMs);
  }
  return { words, lengthMs: Math.ceil((atMs + shape.closingSilenceMs) / FRAME_MS) * FRAME_MS };
}

/** Frame `number` of a talk; beyond its end there is only the room. */
export function frameOf({ words }: Talk, number: number): Uint8Array {
  const pcm = new DataView(new ArrayBuffer(FRAME_BYTES));
  const startMs = number * FRAME_MS;
  const near = words.filter((word) => word.endMs > startMs && word.startMs < startMs + FRAME_MS);
  let noise = (number + 1) * 2_654_435_761;
  for (let sample = 0; sample < FRAME_SAMPLES; sample += 1) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    const atMs = startMs + sample / 16;
    const isVoice = near.some((word) => atMs >= word.startMs && atMs < word.endMs);
    const value = (noise / 2 ** 31 - 1) * (isVoice ? VOICE_PEAK : ROOM_PEAK);
    pcm.setInt16(sample * 2, Math.round(value), true);
  }
  for (let digit = 0; digit < NUMBER_SAMPLES; digit += 1) {
    pcm.setInt16(digit * 2, (number >> (digit * 3)) & 7, true);
  }
  return new Uint8Array(pcm.buffer);
}

/** The number a frame carries. */
export function numberOf(frame: Uint8Array): number {
  const pcm = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  let number = 0;
  for (let digit = 0; digit < NUMBER_SAMPLES; digit += 1) {
    number |= (pcm.getInt16(digit * 2, true) & 7) << (digit * 3);
  }
  return number;
}

/** The whole talk as PCM, for a WAV file or a recorder. */
export function pcmOf(talk: Talk): Uint8Array {
  const frames = talk.lengthMs / FRAME_MS;
  return Buffer.concat(Array.from({ length: frames }, (_, number) => frameOf(talk, number)));
}
