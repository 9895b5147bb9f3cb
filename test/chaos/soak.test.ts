import { expect, test } from 'vitest';
import { finalTurn, partialTurn } from '../../src/testing/wire-messages.ts';
import { type DictationStory, settled, startStory } from '../support/dictation-story.ts';
import { heapInUse } from '../support/heap.ts';

const HOURS_MS = 3 * 3_600_000;
const ROUND_MS = 10_000;
const MOST_GROWTH_BYTES = 2_000_000;

test('three hours leave no more in memory than a minute, and roll over into a fourth', async () => {
  const story = await startStory({ silenceSeconds: 30, noSpeechSeconds: 0, maxSeconds: 0 });
  begin(story, 'session-1');
  const pendings = new Set<number>();
  let heapAfterMinute = 0;
  let finals = 0;
  for (let order = 0; story.clock.now() < HOURS_MS + 120_000; order += 1) {
    const sessions = story.network.sockets.length;
    await speak(story, order);
    finals += forget(story);
    if (story.network.sockets.length > sessions) begin(story, 'session-2');
    else pendings.add(story.clock.pending);
    if (order * ROUND_MS === 60_000) heapAfterMinute = heapInUse();
  }

  expect(heapInUse() - heapAfterMinute).toBeLessThan(MOST_GROWTH_BYTES);
  // Waiting for the expiry, for the next ping, for the silence, for a sleep: never more.
  expect(Math.max(...pendings)).toBeLessThanOrEqual(8);
  expect(finals).toBe(Math.floor((HOURS_MS + 120_000) / ROUND_MS));
  expect(story.network.sockets.map(({ closedWith }) => closedWith)).toEqual([1000, undefined]);
  expect(story.eventsOf('end')).toEqual([]);
}, 60_000);

/** One sentence, and the pause after it. */
async function speak(story: DictationStory, order: number): Promise<void> {
  const [, successor] = story.network.sockets;
  const socket = successor?.audio.length ? successor : story.network.sockets[0];
  const startMs = story.clock.now() + 500;
  const turn = { order, text: `Sentence ${order}.`, startMs, endMs: startMs + 1_500 };
  story.hear(2_000, 'voice');
  socket?.receive(partialTurn(turn));
  story.hear(500);
  socket?.receive(finalTurn(turn));
  story.hear(ROUND_MS - 2_500);
  await settled();
}

function begin({ clock, socket }: DictationStory, id: string): void {
  socket.open();
  socket.receive({ type: 'Begin', id, expires_at: clock.unixMs() / 1_000 + 10_800 });
}

/** The test itself keeps nothing; gives back how many finals there were. */
function forget({ network, events }: DictationStory): number {
  for (const { sent } of network.sockets) sent.splice(0, sent.length - 1);
  return events.splice(0).filter(({ type }) => type === 'final').length;
}
