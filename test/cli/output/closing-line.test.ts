import { describe, expect, test } from 'vitest';
import { closingLine } from '../../../src/cli/output/closing-line.ts';

const END = {
  type: 'end',
  reason: 'silence',
  finals: 1,
  audioSeconds: 14.2,
  billedSeconds: 15,
  billedIsEstimate: false,
  costUsd: 0.001875,
} as const;
const BILLED = { outputState: 'open', wouldBe: undefined } as const;

describe('closingLine', () => {
  test('says why it ended, how long it was and what it cost', () => {
    expect(closingLine(END, BILLED)).toBe(
      'Ended by silence: 14.2 s of audio, billed 15 s, $0.0019',
    );
  });

  test('does not pass an estimate off as the bill', () => {
    expect(closingLine({ ...END, reason: 'user', billedIsEstimate: true }, BILLED)).toBe(
      'Ended by you: 14.2 s of audio, billed about 15 s, about $0.0019',
    );
  });

  test('makes no price of nothing out of the first instant of a session', () => {
    const refused = { billedSeconds: 0.03, billedIsEstimate: true, costUsd: 0.000004 };
    expect(closingLine({ ...END, reason: 'error', audioSeconds: 0, ...refused }, BILLED)).toBe(
      'Ended by an error: 0.0 s of audio, billed about 1 s, less than $0.0001',
    );
  });

  test('says of a free engine what the service would have billed', () => {
    const wouldBe = { billedSeconds: 14.3, costUsd: 1.5 };
    expect(closingLine({ ...END, costUsd: 0 }, { outputState: 'open', wouldBe })).toBe(
      'Ended by silence: 14.2 s of audio, not billed; AssemblyAI would have billed 15 s, $1.50',
    );
  });

  test('does not say that the person ended it when the output was lost', () => {
    const line = closingLine({ ...END, reason: 'user' }, { ...BILLED, outputState: 'lost' });
    expect(line).toMatch(/^Ended because its output was lost: /);
  });
});
