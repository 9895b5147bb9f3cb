import { expect, test } from 'vitest';
import { decode } from '../../src/protocol/index.ts';
import { type DictationStory, settled, startStory } from '../support/dictation-story.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { arbitraryFrame } from '../support/server-frames.ts';

const FRAMES = 1_000_000;
/** The same in every run; another one finds other frames. */
const SEED = 20_261_122;

test('a million arbitrary frames neither break decode nor a whole dictation', async () => {
  const random = new SeededRandom(SEED);
  const kinds = { message: 0, 'passed-by': 0, 'set-aside': 0 };
  let ends = 0;
  let story = await startListening();
  for (let count = 0; count < FRAMES; count += 1) {
    const frame = arbitraryFrame(random);
    kinds[decode(frame).kind] += 1;
    story.socket.receive(frame);
    // Slower than a flood, which is another test's.
    if (count % 20 === 0) story.hear(50, random.pick(['voice', 'quiet']));
    if (count % 200 !== 0) continue;
    if (story.eventsOf('end').length === 0) await reopen(story);
    else {
      expect(story.clock.pending).toBe(0);
      expect(internalErrors(story)).toEqual([]);
      ends += 1;
      story = await startListening();
    }
  }
  // Each of the ways a frame can go was gone, and each end was an orderly one.
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(FRAMES / 100);
  expect(ends).toBeGreaterThan(100);
}, 60_000);

async function startListening(): Promise<DictationStory> {
  const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0 });
  story.begin();
  return story;
}

/** A session that was broken off is followed by another. */
async function reopen(story: DictationStory): Promise<void> {
  story.hear(600);
  await settled();
  story.begin();
}

function internalErrors(story: DictationStory): readonly string[] {
  return story
    .eventsOf('error')
    .filter(({ code }) => code === 'internal')
    .map(({ message }) => message);
}
