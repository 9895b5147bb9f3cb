// A dictation of seven seconds in no time, with nobody speaking and no service: testing.mjs
import assert from 'node:assert/strict';
import { dictate } from 'lull';
import { beginMessage, createFakeNetwork, FakeClock, FakeSource, finalTurn } from 'lull/testing';

const [clock, network, audio] = [new FakeClock(), createFakeNetwork(), new FakeSource('live')];
const ports = { clock, openSocket: network.openSocket };
const dictation = dictate({ audio, key: 'any', silenceSeconds: 5, ports });
await clock.advanceAsync(0);
network.socket.open();
network.socket.receive(beginMessage({ id: 'one', expiresAt: 2_000_000_000, model: 'any' }));
network.socket.receive(finalTurn({ order: 0, text: 'Hello.', startMs: 100, endMs: 900 }));
for (let ms = 0; ms < 7_000; ms += 50) {
  audio.give(50, 'quiet');
  await clock.advanceAsync(50);
}
assert.deepEqual(network.socket.messages.at(-1), { type: 'Terminate' });
network.socket.receive({ type: 'Termination', audio_duration_seconds: 6 });
network.socket.end({ kind: 'closed', code: 1000, reason: '' });
assert.equal((await dictation.ended).reason, 'silence');
