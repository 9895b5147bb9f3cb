import { setTimeout } from 'node:timers/promises';
import { dictate } from '../src/core/index.ts';
import { createMonotonicClock, openWebSocket } from '../src/host/index.ts';
import { CountingClock } from '../test/chaos/support/chaos-watch.ts';
import { HearingServer } from '../test/chaos/support/hearing-server.ts';
import { composeTalk } from '../test/chaos/support/spoken-audio.ts';
import { TalkSource } from '../test/chaos/support/talk-source.ts';
import { heapInUse } from '../test/support/heap.ts';
import { SeededRandom } from '../test/support/seeded-random.ts';

// Ten minutes of talk at the pace it is spoken, over a real socket of this machine. The heap is that
// of the dictation, of the server and of the talk together.
const MINUTES = Number(process.argv[2] ?? 10);
const MOST_GROWTH_BYTES = 2_000_000;
const SENTENCE_MS = 3_600;

const clock = new CountingClock(createMonotonicClock());
const talk = composeTalk(new SeededRandom(1), {
  sentences: Math.ceil((MINUTES * 60_000) / SENTENCE_MS),
  longestPauseMs: 3_000,
  closingSilenceMs: 0,
});
const server = new HearingServer({
  clock: createMonotonicClock(),
  talk,
  plan: {
    ...{ seed: 1, beginDelayMs: 300, turnSilenceMs: 400, finalLagMs: 400, partialLagMs: 600 },
    ...{ startPaddingMs: 300, endPaddingMs: 240 },
  },
  onMoved() {},
});
const endpoint = `ws://127.0.0.1:${await server.listen()}/v3/ws`;
let words = 0;
const dictation = dictate({
  audio: new TalkSource({ clock, talk, kind: 'live', chunkBytes: 3_333 }),
  endpoint,
  ports: { clock, openSocket: openWebSocket },
});
const told = (async () => {
  for await (const event of dictation) if (event.type === 'final') words += event.words.length;
})();

console.log('minute   heap in use   timers   handles   words told');
let afterFirstMinute = 0;
let heap = 0;
for (let minute = 1; minute <= MINUTES; minute += 1) {
  await setTimeout(60_000);
  heap = heapInUse();
  if (minute === 1) afterFirstMinute = heap;
  const figures = [
    String(minute).padStart(6),
    `${(heap / 1e6).toFixed(2)} MB`.padStart(13),
    String(clock.timers).padStart(8),
    String(process.getActiveResourcesInfo().length).padStart(9),
    String(words).padStart(12),
  ];
  console.log(figures.join(' '));
}
dictation.stop('user');
const { reason, audioSeconds, unsavedText } = await dictation.ended;
await told;
await server.close();

const grownBytes = heap - afterFirstMinute;
console.log(
  `ended by ${reason} after ${audioSeconds} s of audio; unfinished: ${unsavedText ?? '-'}`,
);
console.log(`after the first minute the heap grew by ${(grownBytes / 1e6).toFixed(2)} MB`);
if (grownBytes > MOST_GROWTH_BYTES || clock.timers > 0) process.exitCode = 1;
