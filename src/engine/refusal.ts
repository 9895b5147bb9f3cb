/** Why the server ends a session: the text goes into an `Error` frame, the code into both. */
export interface Refusal {
  readonly code: 1008 | 3005 | 3006 | 3007 | 3008;
  readonly text: string;
}

/** The reason of every close that follows an `Error` frame (seen live, 2026-09). */
export const CLOSE_REASON = 'See Error message for details';

export function unauthorized(why: string): Refusal {
  return { code: 1008, text: `Unauthorized Connection: ${why}` };
}

export function invalidInput(why: string): Refusal {
  return { code: 3006, text: `User Input Validation Error: ${why}` };
}
