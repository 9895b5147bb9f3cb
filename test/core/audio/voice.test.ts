import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPauseBefore, quietFramesBefore, VoiceDetector } from '../../../src/core/audio/voice.ts';

/** Feeds frames of 50 ms and returns the detector and the time. */
function setup(
  ...levels: readonly (readonly [frames: number, level: (frame: number) => number])[]
) {
  const detector = new VoiceDetector();
  let nowMs = 0;
  for (const [frames, level] of levels) {
    for (let frame = 0; frame < frames; frame += 1) {
      nowMs += 50;
      detector.hear(level(frame), nowMs);
    }
  }
  return { detector, nowMs };
}

const room = () => -65;
const fan = (frame: number) => -35 + (frame % 3);
const speech = (frame: number) => (frame % 5 === 0 ? -45 : -22);

describe('VoiceDetector', () => {
  test('hears speech over a quiet room', () => {
    const { detector, nowMs } = setup([40, room], [10, speech]);
    expect(detector.sinceVoiceMs(nowMs)).toBe(0);
  });

  test('hears speech over a fan', () => {
    const { detector, nowMs } = setup([60, fan], [10, speech]);
    expect(detector.sinceVoiceMs(nowMs)).toBeLessThan(100);
  });

  test('takes steady noise for the floor after two seconds, also when it starts out of silence', () => {
    const { detector, nowMs } = setup([40, () => -100], [60, fan]);
    expect(detector.sinceVoiceMs(nowMs)).toBeGreaterThan(700);
  });

  test('hears nothing in a silent room', () => {
    const { detector, nowMs } = setup([100, room]);
    expect(detector.sinceVoiceMs(nowMs)).toBe(Number.POSITIVE_INFINITY);
    expect(detector.hasHeardSound).toBe(false);
  });

  test('takes the quietest frame of the last two seconds for the floor', () => {
    const levels = fc.array(fc.integer({ min: -60, max: -10 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(levels, (all) => {
        const detector = new VoiceDetector();
        for (const [frame, levelDb] of all.entries()) {
          detector.hear(levelDb, frame);
          const floorDb = Math.min(...all.slice(Math.max(0, frame - 39), frame + 1));
          const isVoice = levelDb > Math.max(floorDb + 9, -52);
          expect(detector.sinceVoiceMs(frame) === 0).toBe(isVoice);
        }
      }),
    );
  });

  test('remembers any sound that could be a word', () => {
    expect(setup([5, () => -30]).detector.hasHeardSound).toBe(true);
  });
});

/** Frames of 50 ms: a quiet room, and a voice from one frame up to another. */
const voiceIn = (from: number, until: number) => (number: number) =>
  number < 0 ? undefined : number >= from && number < until ? -20 : -60;

test.each([
  { place: 'in the middle of a word', at: 105, isPause: false },
  { place: 'right after a word', at: 112, isPause: false },
  { place: 'a third of a second after it', at: 117, isPause: true },
  { place: 'before anything was said', at: 50, isPause: true },
])('$place is a pause: $isPause', ({ at, isPause }) => {
  expect(isPauseBefore(at, voiceIn(100, 110))).toBe(isPause);
});

test('somebody who speaks on without a quiet frame is not taken for the room', () => {
  expect(isPauseBefore(180, voiceIn(100, 200))).toBe(false);
});

test.each([
  ['just now', 200, 0],
  ['a frame ago', 201, 1],
  ['a second ago', 220, 20],
  ['longer ago than it looks', 500, 200],
])('words said on and on for five seconds are a voice that was last heard %s', (_, at, frames) => {
  expect(quietFramesBefore(at, voiceIn(100, 200))).toBe(frames);
});
