import type { DictationEvent, EndReason } from '../../core/index.ts';
import { playTime, showPrice } from '../../text/index.ts';

type End = Extract<DictationEvent, { type: 'end' }>;

const REASONS = {
  silence: 'Ended by silence',
  'no-speech': 'Ended because nothing was said',
  user: 'Ended by you',
  'audio-ended': 'Ended with the audio',
  'max-duration': 'Ended at the time limit (--max)',
  budget: 'Ended by the budget',
  suspended: 'Ended because the computer slept or lull was halted',
  error: 'Ended by an error',
} as const satisfies Record<EndReason, string>;

/** What a session of the service costs by the second, for a dictation that was not billed. */
export interface WouldBe {
  readonly billedSeconds: number;
  /** Absent for a model whose price is not known. */
  readonly costUsd?: number;
}

/** "Ended by silence: 14.2 s of audio, billed 15 s, $0.0019". */
export function closingLine(
  end: End,
  {
    outputState,
    wouldBe,
    lengthMs,
  }: {
    readonly outputState: 'open' | 'lost';
    readonly wouldBe: WouldBe | undefined;
    /** Of a recording, where it is known. */
    readonly lengthMs?: number | undefined;
  },
): string {
  // The dictation was stopped for it, but by nobody.
  const reason = outputState === 'lost' ? 'Ended because its output was lost' : REASONS[end.reason];
  const heardMs = end.audioSeconds * 1_000;
  const isCut = LIMITS.includes(end.reason) && lengthMs !== undefined && heardMs < lengthMs - 500;
  const audio = isCut
    ? `stopped at ${playTime(heardMs)} of ${playTime(lengthMs)}`
    : `${end.audioSeconds.toFixed(1)} s of audio`;
  return `${reason}: ${audio}, ${wouldBe ? unbilled(wouldBe) : billed(end)}`;
}

const LIMITS: readonly EndReason[] = ['silence', 'no-speech', 'max-duration'];

function billed({ billedSeconds, billedIsEstimate, costUsd }: End): string {
  const about = billedIsEstimate ? 'about ' : '';
  if (costUsd === undefined) return `billed ${about}${wholeSeconds(billedSeconds)}, cost unknown`;
  if (billedSeconds === 0 && costUsd === 0) return 'not billed';
  const shown = showPrice(costUsd);
  const price = shown === undefined ? LITTLE : `${about}${shown}`;
  return `billed ${about}${wholeSeconds(billedSeconds)}, ${price}`;
}

function unbilled({ billedSeconds, costUsd }: WouldBe): string {
  const price =
    costUsd === undefined ? 'at a price that is not known' : (showPrice(costUsd) ?? LITTLE);
  const bill = `${wholeSeconds(billedSeconds)}, ${price}`;
  return `not billed; AssemblyAI would have billed ${bill}`;
}

function wholeSeconds(seconds: number): string {
  return `${Math.ceil(seconds)} s`;
}

const LITTLE = 'less than $0.0001';
