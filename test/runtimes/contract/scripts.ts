import type { ServerScript } from '../../../src/testing/server-script.ts';
import { finalTurn, partialTurn } from '../../../src/testing/wire-messages.ts';

const HELLO = finalTurn({ order: 0, text: 'Hello world.', startMs: 100, endMs: 700 });
const LAST_WORDS = finalTurn({ order: 1, text: 'And goodbye.', startMs: 900, endMs: 1_400 });

/** "Hello world." is previewed, then final after 0.9 s of audio. */
export const ONE_TURN: ServerScript = {
  onAudio: [
    { atMs: 400, send: partialTurn({ order: 0, text: 'hello wor', startMs: 100, endMs: 400 }) },
    { atMs: 900, send: HELLO },
  ],
};

/** As `ONE_TURN`, and a second final comes only in answer to `Terminate`. */
export const LATE_TURN: ServerScript = {
  ...ONE_TURN,
  onTerminate: { sendBefore: [LAST_WORDS], delayMs: 200 },
};
