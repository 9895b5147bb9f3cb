import type { CountdownReason, Progress } from '../../../src/core/index.ts';

export const LISTENING: Progress = { kind: 'listening', sinceMs: 0 };

export function counted(count: {
  readonly remainingMs: number;
  readonly reason: CountdownReason;
}): Progress {
  const canKeepListening = count.reason === 'max-duration' ? 'no' : 'yes';
  return { kind: 'counting-down', sinceMs: 0, ...count, canKeepListening };
}
