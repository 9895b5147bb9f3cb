import { describe, expect, test } from 'vitest';
import { noticeFor } from '../../../src/cli/output/notices.ts';
import type { DictationEvent } from '../../../src/core/index.ts';

const BEGIN: DictationEvent = {
  type: 'begin',
  sessionId: 'id',
  model: 'whisper-rt',
  expiresAt: 1_800_000_000,
};

describe('noticeFor', () => {
  test('tells errors and warnings however little is asked for', () => {
    const warning: DictationEvent = { type: 'warning', code: 'x', message: 'Mind the gap' };
    expect(noticeFor(warning, 'quiet')).toBe('lull: Mind the gap');
  });

  test('tells of a lost connection unless it is to be quiet', () => {
    const lost: DictationEvent = { type: 'reconnecting', attempt: 2, delayMs: 1_540, code: 1006 };
    expect(noticeFor(lost, 'normal')).toBe(
      'lull: The connection was lost; trying again in 1.5 s (attempt 2)',
    );
    expect(noticeFor(lost, 'quiet')).toBeUndefined();
  });

  test('tells the session only when asked to be verbose', () => {
    expect(noticeFor(BEGIN, 'normal')).toBeUndefined();
    expect(noticeFor(BEGIN, 'verbose')).toBe(
      'connected: session id, model whisper-rt, expires 2027-01-15T08:00:00.000Z',
    );
  });

  test('leaves an expiry out that is no date', () => {
    expect(noticeFor({ ...BEGIN, expiresAt: 1e300 }, 'verbose')).toBe(
      'connected: session id, model whisper-rt',
    );
  });
});
