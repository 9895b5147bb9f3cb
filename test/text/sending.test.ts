import { describe, expect, test } from 'vitest';
import type { DictationEvent } from '../../src/core/index.ts';
import { heedFinal, maySend, type Sending } from '../../src/text/sending.ts';
import { finalEvent } from '../cli/output/final-event.ts';

const OFF: Sending = { kind: 'off' };
const END = {
  type: 'end',
  reason: 'silence',
  finals: 1,
  audioSeconds: 2,
  billedSeconds: 2,
  billedIsEstimate: false,
  costUsd: 0,
} as const satisfies DictationEvent;

describe('the send phrase', () => {
  test.each([
    { said: 'Fix the bug. Send it.', text: 'Fix the bug.' },
    { said: 'fix the bug, send it', text: 'fix the bug' },
    { said: 'Send it!', text: '' },
  ])('is taken out of $said', ({ said, text }) => {
    const heard = heedFinal('phrase', { sending: OFF, final: finalEvent(said) });
    expect(heard.final.text).toBe(text);
    expect(heard.final.words.map((word) => word.text).join(' ')).not.toMatch(/send it/i);
    expect(heard.sending.kind).toBe('on');
  });

  test.each(['Send it to Ann.', 'I resend it', 'A friend. It.'])('is not heard in %s', (said) => {
    const final = finalEvent(said);
    expect(heedFinal('phrase', { sending: OFF, final })).toEqual({ sending: OFF, final });
  });

  test('comes back when the sentence went on after all', () => {
    const first = heedFinal('phrase', { sending: OFF, final: finalEvent('Pack it and, send it.') });
    const second = heedFinal('phrase', {
      sending: first.sending,
      final: finalEvent('To my aunt.', { turn: 1 }),
    });
    expect([first.final.text, second.final.text]).toEqual(['Pack it and', 'send it. To my aunt.']);
    expect(second.sending).toEqual(OFF);
  });

  test('means nothing unless it was asked for', () => {
    const final = finalEvent('Send it.');
    expect(heedFinal('never', { sending: OFF, final })).toEqual({ sending: OFF, final });
    expect(heedFinal('hang-up', { sending: OFF, final })).toEqual({
      sending: { kind: 'on' },
      final,
    });
  });
});

describe('maySend', () => {
  test.each([
    { reason: 'silence', by: 'nobody', sends: true },
    { reason: 'audio-ended', by: 'nobody', sends: true },
    { reason: 'user', by: 'person', sends: true },
    // Ctrl-C is how people stop what they did not mean.
    { reason: 'user', by: 'signal', sends: false },
    { reason: 'user', by: 'nobody', sends: false },
    { reason: 'no-speech', by: 'nobody', sends: false },
    { reason: 'max-duration', by: 'nobody', sends: false },
    { reason: 'budget', by: 'nobody', sends: false },
    { reason: 'suspended', by: 'nobody', sends: false },
    { reason: 'error', by: 'nobody', sends: false },
  ] as const)('after $reason, stopped by $by: $sends', ({ reason, by, sends }) => {
    expect(maySend({ kind: 'on' }, { ...END, reason }, by)).toBe(sends);
    expect(maySend(OFF, { ...END, reason }, by)).toBe(false);
  });

  test('never with words unsaved', () => {
    expect(maySend({ kind: 'on' }, { ...END, unsavedText: 'half a' }, 'nobody')).toBe(false);
  });
});
