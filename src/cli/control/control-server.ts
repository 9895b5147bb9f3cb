import { randomUUID } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { Environment } from '../../host/index.ts';
import { controlFolder, makeFolder, placeOf } from './control-folder.ts';
import type { DictationStatus } from './status.ts';

export const CONTROL_WISHES = ['stop', 'cancel', 'status'] as const;
export type ControlWish = (typeof CONTROL_WISHES)[number];

/** A question is one word; what is longer comes from nobody we know. */
const LONGEST_WISH = 64;
const PATIENCE_MS = 2_000;

/**
 * Lets the person's other programs end this dictation or ask what it does. A machine where that
 * cannot be had dictates all the same: gives `undefined` then. Otherwise, the way to close it.
 */
export async function openControl(
  env: Environment,
  answer: (wish: ControlWish) => DictationStatus,
): Promise<(() => void) | undefined> {
  const { platform } = process;
  const folder = controlFolder(env);
  // Ids sort by the time they began, so that the newest dictation is found first.
  const id = `${Date.now().toString(36)}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const { entry, address } = placeOf(folder, id, platform);
  const server = createServer((socket) => converse(socket, answer));
  try {
    makeFolder(folder);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    if (platform === 'win32') writeFileSync(entry, '', { mode: 0o600 });
    else chmodSync(entry, 0o600);
  } catch {
    // No such folder, a path too long for a socket, a system without them.
    return undefined;
  }
  server.unref();
  return () => {
    server.close();
    rmSync(entry, { force: true });
  };
}

function converse(socket: Socket, answer: (wish: ControlWish) => DictationStatus): void {
  let heard = '';
  // Who leaves in the middle wants no answer.
  socket.on('error', () => {});
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.on('data', (chunk) => {
    heard += String(chunk);
    if (heard.length > LONGEST_WISH) return socket.destroy();
    if (!heard.includes('\n')) return;
    const wish = CONTROL_WISHES.find((each) => heard === `${each}\n`);
    if (wish === undefined) return socket.destroy();
    return socket.end(`${JSON.stringify(answer(wish))}\n`);
  });
}
