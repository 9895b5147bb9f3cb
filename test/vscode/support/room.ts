import { resolve } from 'node:path';

/** A command line for `lull.recorder`: a microphone in a quiet room. */
export const ROOM = `"${process.execPath}" "${resolve('test/vscode/fixtures/room.mjs')}"`;
