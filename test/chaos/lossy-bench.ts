import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMonotonicClock } from '../../src/host/clock.ts';
import { eventsIn, type RunningCli } from '../runtimes/running-cli.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { buildWav } from '../support/sound/wav.ts';
import type { ConnectionPlan, Fault, LinkShape } from './support/chaos-plan.ts';
import { ChaosProxy } from './support/chaos-proxy.ts';
import { HearingServer } from './support/hearing-server.ts';
import { composeTalk, pcmOf, type Talk } from './support/spoken-audio.ts';

const PLAIN: LinkShape = { delayMs: 20, pieces: 'as-sent' };

/** A server that hears `talk`, behind a link that breaks as told, connection by connection. */
export async function openLossyLink(talk: Talk, faults: readonly Fault[]) {
  const clock = createMonotonicClock();
  const server = new HearingServer({
    ...{ clock, talk, onMoved() {} },
    plan: {
      ...{ seed: 1, beginDelayMs: 300, turnSilenceMs: 400, finalLagMs: 300, partialLagMs: 400 },
      ...{ startPaddingMs: 300, endPaddingMs: 240 },
    },
  });
  const plan: ConnectionPlan = { answer: 'pass', up: PLAIN, down: PLAIN };
  const proxy = new ChaosProxy({
    ...{ clock, seed: 1, serverPort: await server.listen(), onMoved() {} },
    connections: [...faults.map((fault) => ({ ...plan, fault })), plan],
    onServiceFault() {},
  });
  return {
    url: await proxy.listen(),
    server,
    async close() {
      await proxy.close();
      await server.close();
    },
  };
}

/** Sentences of about 3.6 s each, with a silence to end in. */
export function talkOf(sentences: number, closingSilenceMs = 8_000): Talk {
  const shape = { sentences, longestPauseMs: 2_000, closingSilenceMs };
  return composeTalk(new SeededRandom(sentences), shape);
}

export function writeWav(folder: string, talk: Talk): string {
  const path = join(folder, `talk-${talk.words.length}-${talk.lengthMs}.wav`);
  const pcm = pcmOf(talk);
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2);
  writeFileSync(path, buildWav({ samples: Float32Array.from(samples, (value) => value / 32_768) }));
  return path;
}

/**
 * A folder whose `parec` plays the talk as a microphone would, its closing silence included; its
 * process id is in `pid`. Nothing else is in it, so it is the recorder that is found.
 */
export function writeMicrophone(folder: string, talk: Talk): string {
  const [pcm, program] = [join(folder, 'talk.pcm'), join(folder, 'parec')];
  writeFileSync(pcm, pcmOf(talk));
  writeFileSync(
    program,
    `#!${process.execPath}
const fs = require('node:fs');
const pcm = fs.readFileSync(${JSON.stringify(pcm)});
fs.writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid));
const startedMs = performance.now();
let given = 0;
setInterval(() => {
  const due = Math.floor((performance.now() - startedMs) / 20) * 640;
  process.stdout.write(pcm.subarray(given, due));
  given = due;
}, 20);
process.on('SIGINT', () => process.exit(0));
`,
  );
  chmodSync(program, 0o755);
  return folder;
}

/** The words of all finals, in the order they were told. */
export function wordsTold({ stdout }: Pick<RunningCli, 'stdout'>): readonly string[] {
  return eventsIn(stdout)
    .filter(({ type }) => type === 'final')
    .flatMap(({ text }) => String(text).split(' '));
}

export function wordsSpoken({ words }: Talk): readonly string[] {
  return words.map(({ text }) => text);
}

/** Frames up to the last one heard that no session was given. */
export function holesIn({ sessions }: HearingServer): readonly number[] {
  const heard = new Set(sessions.flatMap(({ frames }) => frames));
  const last = Math.max(...heard);
  return Array.from({ length: last }, (_, number) => number).filter((at) => !heard.has(at));
}
