import { describe, expect, test } from 'vitest';
import { Countdown } from '../../../src/core/silence/countdown.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A countdown whose audio follows the clock, and what it tells: `at: what`. */
function setup(options: { readonly voiceAgoMs?: number; readonly warningMs?: number } = {}) {
  const clock = new FakeClock();
  const told: string[] = [];
  let voiceAgoMs = options.voiceAgoMs ?? Number.POSITIVE_INFINITY;
  let audioLateMs = 0;
  const tell = (what: string) => told.push(`${clock.now() / 1_000} s: ${what}`);
  const countdown = new Countdown({
    clock,
    limits: {
      silenceMs: 5_000,
      noSpeechMs: 10_000,
      maxMs: 60_000,
      warningMs: options.warningMs ?? 3_000,
    },
    audioMs: () => clock.now() - audioLateMs,
    sinceVoiceMs: () => voiceAgoMs,
    onCountdown: (remainingMs, reason) => tell(`${remainingMs} ${reason}`),
    onCleared: () => tell('cleared'),
    onDue: (reason) => tell(`due ${reason}`),
  });
  const voice = (agoMs: number) => {
    voiceAgoMs = agoMs;
  };
  const late = (ms: number) => {
    audioLateMs = ms;
  };
  return { clock, countdown, told, voice, late };
}

describe('Countdown', () => {
  test('warns at each of the last seconds and stops without a message', () => {
    const { clock, countdown, told } = setup();
    countdown.sessionOpened();
    clock.advance(10_000);
    expect(told).toEqual([
      '7 s: 3000 no-speech',
      '8 s: 2000 no-speech',
      '9 s: 1000 no-speech',
      '10 s: cleared',
      '10 s: due no-speech',
    ]);
  });

  test('does not count before a session is open, nor while there is none', () => {
    const { clock, countdown, told } = setup();
    clock.advance(20_000);
    countdown.sessionOpened();
    clock.advance(6_000);
    countdown.sessionClosed();
    clock.advance(20_000);
    expect(told).toEqual([]);
  });

  test('takes back a warning when words come, and counts from the last word', () => {
    const { clock, countdown, told } = setup();
    countdown.sessionOpened();
    clock.advance(7_500);
    countdown.heardWords(7_000);
    clock.advance(4_700);
    expect(told).toEqual([
      '7 s: 3000 no-speech',
      '7.5 s: cleared',
      '9.6 s: 2500 silence',
      '10.1 s: 2000 silence',
      '11.1 s: 1000 silence',
      '12.1 s: cleared',
      '12.1 s: due silence',
    ]);
  });

  test('counts from now where words carry no times', () => {
    const { clock, countdown, told } = setup({ warningMs: 0 });
    countdown.sessionOpened();
    clock.advance(4_000);
    countdown.heardWords();
    clock.advance(5_200);
    expect(told).toEqual(['9.1 s: due silence']);
  });

  test('goes back to no earlier word, and at most five seconds ahead of the audio', () => {
    const { clock, countdown, told } = setup({ warningMs: 0 });
    countdown.sessionOpened();
    clock.advance(1_000);
    countdown.heardWords(600_000);
    countdown.heardWords(500);
    clock.advance(10_100);
    expect(told).toEqual(['11.1 s: due silence']);
  });

  test('moves on with a better idea of where the words ended, never back', () => {
    const { clock, countdown, told } = setup({ warningMs: 0 });
    countdown.refineEnd(9_000);
    countdown.sessionOpened();
    clock.advance(2_000);
    countdown.heardWords(2_000);
    countdown.refineEnd(2_300);
    countdown.refineEnd(1_000);
    countdown.heardWords(2_100);
    clock.advance(6_000);
    expect(told).toEqual(['7.4 s: due silence']);
  });

  test('starts over when the person asks for it', () => {
    const { clock, countdown, told } = setup({ warningMs: 0 });
    countdown.sessionOpened();
    clock.advance(9_000);
    countdown.keepListening();
    clock.advance(9_900);
    expect(told).toEqual([]);
    countdown.heardWords(18_000);
    countdown.keepListening();
    clock.advance(5_000);
    expect(told).toEqual([]);
    // A word told late does not take the wish back.
    countdown.heardWords(18_100);
    clock.advance(1_000);
    expect(told).toEqual(['24.9 s: due silence']);
  });

  test('cannot put off the longest dictation', () => {
    const { clock, countdown, told } = setup({ warningMs: 0, voiceAgoMs: 0 });
    countdown.keepListening();
    for (let second = 0; second < 59; second += 1) {
      clock.advance(1_000);
      countdown.heardWords();
      countdown.keepListening();
    }
    clock.advance(1_000);
    expect(told).toEqual(['60 s: due max-duration']);
  });

  test('waits for a word on its way while a voice is heard, for two seconds', () => {
    const { clock, countdown, told } = setup({ voiceAgoMs: 700 });
    countdown.sessionOpened();
    clock.advance(12_000);
    expect(told).toEqual([
      '7 s: 3000 no-speech',
      '8 s: 2000 no-speech',
      '9 s: 1000 no-speech',
      '10 s: cleared',
      '12 s: due no-speech',
    ]);
  });

  test('waits for no voice that is longer ago', () => {
    const { clock, countdown, told } = setup({ voiceAgoMs: 701, warningMs: 0 });
    countdown.sessionOpened();
    clock.advance(10_000);
    expect(told).toEqual(['10 s: due no-speech']);
  });

  test('gives words that come at the last moment their full time', () => {
    const { clock, countdown, told, voice } = setup({ voiceAgoMs: 0, warningMs: 0 });
    countdown.sessionOpened();
    clock.advance(11_000);
    countdown.heardWords(10_900);
    voice(9_000);
    clock.advance(5_000);
    expect(told.at(-1)).toBe('16 s: due silence');
  });

  test('waits for audio that has not been listened to, and looks again when it flows', () => {
    const { clock, countdown, told, late } = setup({ warningMs: 0 });
    countdown.sessionOpened();
    late(4_000);
    clock.advance(12_000);
    expect(told).toEqual([]);
    late(0);
    clock.advance(1_000);
    expect(told).toHaveLength(1);
  });

  test('is over for good once it was stopped', () => {
    const { clock, countdown, told } = setup();
    countdown.sessionOpened();
    clock.advance(8_000);
    countdown.stop();
    countdown.heardWords(7_000);
    clock.advance(60_000);
    expect(told).toEqual(['7 s: 3000 no-speech', '8 s: 2000 no-speech', '8 s: cleared']);
    expect(clock.pending).toBe(0);
  });
});
