import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { commands, window, workspace } from 'vscode';
import { type WebSocket, WebSocketServer } from 'ws';
import { beginMessage, finalTurn } from '../../test/support/wire-messages.ts';
import {
  resetSettings,
  roomRecorder,
  set,
  startDictation,
} from '../../test/vscode/host/dictation.ts';

const FINALS = 200;
const PAUSE_MS = 50;

/** A service that says nothing until it is told to. */
async function startService() {
  const http = createServer();
  const upgrades = new WebSocketServer({ server: http });
  const opened = new Promise<WebSocket>((resolve) => {
    upgrades.on('connection', (socket) => {
      const say = (message: unknown) => socket.send(JSON.stringify(message));
      const expiresAt = Math.floor(Date.now() / 1_000) + 10_800;
      say(beginMessage({ id: 'bench', expiresAt, model: 'universal-3-6-pro' }));
      socket.on('message', (data, isBinary) => {
        if (isBinary || !data.toString().includes('Terminate')) return;
        say({ type: 'Termination', audio_duration_seconds: 1, session_duration_seconds: 1 });
        socket.close(1_000);
      });
      resolve(socket);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${port}/v3/ws`, opened, close: () => http.close() };
}

describe('insertion', () => {
  it('is measured from message to document', async () => {
    const service = await startService();
    await set('endpoint', service.url);
    await set('recorder', roomRecorder());
    await set('noSpeechSeconds', 0);
    await set('silenceSeconds', 0);
    const document = await workspace.openTextDocument({ content: '' });
    await window.showTextDocument(document);
    const over = startDictation();
    const socket = await service.opened;

    const delaysMs: number[] = [];
    for (let order = 0; order < FINALS; order += 1) {
      const turn = finalTurn({
        order,
        text: `Phrase number ${order} is here.`,
        startMs: order * 40,
        endMs: order * 40 + 30,
      });
      const landed = new Promise<void>((resolve) => {
        const watching = workspace.onDidChangeTextDocument((event) => {
          if (event.document !== document || event.contentChanges.length === 0) return;
          watching.dispose();
          resolve();
        });
      });
      const sentAtMs = performance.now();
      socket.send(JSON.stringify(turn));
      await landed;
      delaysMs.push(performance.now() - sentAtMs);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    await commands.executeCommand('lull.stopDictation');
    await over;
    service.close();
    await resetSettings();

    delaysMs.sort((one, other) => one - other);
    const at = (share: number) => (delaysMs[Math.ceil(share * FINALS) - 1] ?? 0).toFixed(1);
    console.log(
      `RESULT ${FINALS} finals: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
    );
    if (Number(at(0.99)) >= 30) throw new Error(`p99 is ${at(0.99)} ms, not under 30 ms`);
  }).timeout(120_000);
});
