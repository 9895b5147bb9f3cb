import { expect, test } from 'vitest';
import { projectSample, wordErrorRate } from '../engine/speech-samples.ts';
import { CliBench } from '../runtimes/running-cli.ts';
import { RUNTIMES } from '../support/runtimes.ts';
import { LACKS_VIRTUAL_MIC, startVirtualMic } from '../support/sound/virtual-mic.ts';

const [node] = RUNTIMES;

test.skipIf(LACKS_VIRTUAL_MIC)(
  'speech into the microphone becomes text, and the silence after it ends the dictation',
  async () => {
    if (!node) return;
    const mic = await startVirtualMic();
    const bench = new CliBench(node);
    const cli = bench.start(['--engine', 'local', '--json'], { env: mic.env });
    await cli.until(({ events }) => events.some(({ type }) => type === 'begin'));
    const { pcm, words } = projectSample();
    // The microphone falls silent with the speaker; the silence is the room's own.
    await mic.play(pcm.subarray(0, 11 * 32_000));
    const { code } = await cli.exited;
    await mic.close();
    await bench.close();

    const texts = cli.events.filter(({ type }) => type === 'final').map(({ text }) => text);
    expect(wordErrorRate(words, texts.join(' '))).toBeLessThan(0.25);
    expect(cli.events[0]).toMatchObject({ type: 'listening', engine: 'local' });
    expect(cli.events.at(-1)).toMatchObject({ type: 'end', reason: 'silence', costUsd: 0 });
    expect(code).toBe(0);
  },
);
