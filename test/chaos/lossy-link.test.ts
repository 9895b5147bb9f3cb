import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliBench, eventsIn } from '../runtimes/running-cli.ts';
import { RUNTIMES } from '../support/runtimes.ts';
import {
  holesIn,
  openLossyLink,
  talkOf,
  wordsSpoken,
  wordsTold,
  writeMicrophone,
  writeWav,
} from './lossy-bench.ts';
import type { Fault } from './support/chaos-plan.ts';
import type { Talk } from './support/spoken-audio.ts';

const [node] = RUNTIMES;
const resetAt = (atMs: number): Fault => ({ kind: 'reset', atMs, outageMs: 0 });
const CUT_FOR_20_S: Fault = { kind: 'reset', atMs: 4_000, outageMs: 20_000 };

describe.concurrent('lull over a link that breaks', () => {
  let bench: CliBench;
  const links: { close(): Promise<void> }[] = [];
  beforeAll(() => {
    if (node) bench = new CliBench(node);
  });
  afterAll(async () => {
    await bench.close();
    await Promise.all(links.map((link) => link.close()));
  });

  async function dictate(talk: Talk, faults: readonly Fault[], source: 'file' | 'microphone') {
    const link = await openLossyLink(talk, faults);
    links.push(link);
    const folder = mkdtempSync(join(bench.folder, 'talk-'));
    const audio = source === 'file' ? ['--audio', writeWav(folder, talk)] : [];
    const env: Record<string, string> =
      source === 'file' ? {} : { PATH: writeMicrophone(folder, talk) };
    const cli = bench.start([...audio, '--json', '--endpoint', link.url], { env });
    const exit = await cli.exited;
    return { ...exit, server: link.server, end: eventsIn(exit.stdout).at(-1) };
  }

  test('tells the finals of four sessions once each and in order after three resets', async () => {
    const talk = talkOf(8);
    const faults = [6_100, 5_700, 6_900].map(resetAt);
    const played = await dictate(talk, faults, 'file');
    expect(wordsTold(played)).toEqual(wordsSpoken(talk));
    expect(played.end).toMatchObject({ type: 'end', reason: 'audio-ended' });
    expect(played.code).toBe(0);
    expect(played.server.sessions.length).toBe(4);
    expect(holesIn(played.server)).toEqual([]);
    const sessions = eventsIn(played.stdout).filter(({ type }) => type === 'begin');
    const tellers = eventsIn(played.stdout).filter(({ type }) => type === 'final');
    expect(new Set(tellers.map(({ sessionId }) => sessionId)).size).toBe(sessions.length);
  }, 90_000);

  test.each(['file', 'microphone'] as const)(
    'types what was said into a %s while the network was cut for 20 s',
    async (source) => {
      const talk = talkOf(4, source === 'file' ? 0 : 90_000);
      const played = await dictate(talk, [CUT_FOR_20_S], source);
      expect(wordsTold(played), played.stdout + played.stderr).toEqual(wordsSpoken(talk));
      expect(played.end).toMatchObject({ reason: source === 'file' ? 'audio-ended' : 'silence' });
      expect(played.code).toBe(0);
      expect(holesIn(played.server)).toEqual([]);
    },
    110_000,
  );
});
