import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Environment } from '../../host/index.ts';
import { systemReason } from '../exit-codes.ts';
import { type ControlPlace, controlFolder, placesIn } from './control-folder.ts';
import type { ControlWish } from './control-server.ts';
import type { DictationStatus } from './status.ts';

/** A dictation that is alive answers within milliseconds; one that is halted does not. */
const PATIENCE_MS = 2_000;

/** Asks every dictation of this person that is running; gives their answers, the newest first. */
export async function askRunning(
  wish: ControlWish,
  env: Environment,
): Promise<readonly DictationStatus[]> {
  const places = placesIn(controlFolder(env), process.platform);
  const answers = await Promise.all(places.map((place) => ask(wish, place)));
  return answers.filter((answer) => answer !== undefined);
}

function ask(wish: ControlWish, { entry, address }: ControlPlace) {
  return new Promise<DictationStatus | undefined>((resolve) => {
    let heard = '';
    const socket = connect(address);
    const leave = (answer?: DictationStatus) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => leave());
    socket.on('connect', () => socket.write(`${wish}\n`));
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('error', (error) => {
      // Nobody listens there any more: a dictation that was killed could not clean up.
      if (['ECONNREFUSED', 'ENOENT'].includes(systemReason(error))) rmSync(entry, { force: true });
      leave();
    });
    socket.on('close', () => leave(read(heard)));
  });
}

function read(text: string): DictationStatus | undefined {
  try {
    return JSON.parse(text) as DictationStatus;
  } catch {
    // It ended while it answered.
    return undefined;
  }
}
