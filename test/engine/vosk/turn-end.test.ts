import { expect, test } from 'vitest';
import { type DecoderView, SLICE_SAMPLES, TurnEnd } from '../../../src/engine/vosk/turn-end.ts';

const SLICE_MS = 50;

interface Stretch {
  readonly ms: number;
  readonly amplitude: number;
  readonly view?: Partial<DecoderView>;
}

/** Hears the stretches one after the other; each is a steady tone of that amplitude. */
function hear(...stretches: readonly Stretch[]): TurnEnd {
  const turnEnd = new TurnEnd();
  for (const { ms, amplitude, view } of stretches) {
    for (let at = 0; at < ms; at += SLICE_MS) {
      const slice = Float32Array.from(
        { length: SLICE_SAMPLES },
        (_, index) => Math.sin(index / 5) * amplitude,
      );
      turnEnd.hear(slice, { partial: 'hello', verdict: 'going-on', ...view });
    }
  }
  return turnEnd;
}

const ROOM = { ms: 500, amplitude: 0.001, view: { partial: '' } };
const VOICE = { ms: 1_000, amplitude: 0.2 };

test('silence is counted from where the voice ended', () => {
  expect(hear(ROOM, VOICE).silenceMs).toBe(0);
  expect(hear(ROOM, VOICE, { ms: 600, amplitude: 0.001 }).silenceMs).toBe(600);
});

test('a voice too faint for the level keeps the turn open while its words come', () => {
  const faint = (partial: string) => ({ ms: 300, amplitude: 0.001, view: { partial } });
  const turnEnd = hear(ROOM, VOICE, faint('hello a'), faint('hello a b'), faint('hello a b c'));

  expect(turnEnd.silenceMs).toBeLessThan(600);
});

test('in a loud room the decoder decides, from the silence it has seen already', () => {
  const view = { verdict: 'at-end' } as const;
  const turnEnd = hear(ROOM, VOICE, { ms: 200, amplitude: 0.2, view });

  expect(turnEnd.silenceMs).toBe(650);
});

test('a decoder that changes its mind starts over', () => {
  const view = { verdict: 'at-end' } as const;

  const voice = { ms: 200, amplitude: 0.2 };
  expect(hear(ROOM, VOICE, { ...voice, view }, voice).silenceMs).toBe(0);
});
