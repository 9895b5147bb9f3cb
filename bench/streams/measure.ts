import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { FRAME_MS } from './microphone.ts';
import { RIVALS, type RivalName } from './rivals.ts';

/** Of one stream. */
export interface Cost {
  readonly name: RivalName;
  /** Of the processor, for a second of audio. */
  readonly cpuMs: number;
  readonly heapBytes: number;
  readonly bufferBytes: number;
  /** Audio that may have had to be sent again, at its most: by what had become text. */
  readonly keptBytes: number;
  /** The share of the time that went into freeing memory. */
  readonly collecting: number;
  /** The share of the audio that was handed over in time. */
  readonly heard: number;
  readonly finals: number;
}

interface Stream {
  frames: number;
  finals: number;
  /** Where the last final ended. */
  endMs: number;
  mostKeptMs: number;
  end: () => Promise<void>;
}

const OPEN_EACH_MS = 20;
/** Ours has caught up by then with what was said before it was connected. */
const SETTLE_MS = 10_000;
const BYTES_PER_MS = 32;
/** What ours keeps before the last word. */
const KEPT_BEFORE_MS = 500;

/** Runs the streams of one rival in this process and tells the parent what they cost. */
export async function measure(args: readonly string[]): Promise<void> {
  const [rival = '', endpoint = '', count = '', seconds = '', profileFolder] = args;
  const name = rival as RivalName;
  const start = RIVALS[name];
  const before = memory();
  const streams: Stream[] = [];
  let begun = 0;
  for (let number = 0; number < Number(count); number += 1) {
    const stream: Stream = { frames: 0, finals: 0, endMs: 0, mostKeptMs: 0, end: async () => {} };
    stream.end = start(endpoint, {
      onBegin: () => {
        begun += 1;
      },
      onFrame: () => {
        stream.frames += 1;
      },
      onFinal: (endMs) => {
        stream.finals += 1;
        const keptFromMs = Math.max(0, stream.endMs - KEPT_BEFORE_MS);
        stream.mostKeptMs = Math.max(stream.mostKeptMs, stream.frames * FRAME_MS - keptFromMs);
        stream.endMs = endMs;
      },
    });
    streams.push(stream);
    await setTimeout(OPEN_EACH_MS);
  }
  while (begun < streams.length) await setTimeout(100);
  await setTimeout(SETTLE_MS);

  const profiled = profileFolder === undefined ? undefined : await profile();
  const framesSoFar = () => streams.reduce((sum, { frames }) => sum + frames, 0);
  const firstFrames = framesSoFar();
  const collector = watchCollector();
  const [startedMs, cpuBefore] = [performance.now(), process.cpuUsage()];
  await setTimeout(Number(seconds) * 1_000);
  const cpu = process.cpuUsage(cpuBefore);
  const passedSeconds = ((performance.now() - startedMs) / 1_000) * streams.length;
  const collectingMs = collector();
  await profiled?.(`${profileFolder}/${name}.cpuprofile`);
  const cpuMs = (cpu.user + cpu.system) / 1_000;
  // On a machine that is busy with something else, less is handed over than time has passed.
  const audioSeconds = ((framesSoFar() - firstFrames) * FRAME_MS) / 1_000;

  const after = memory();
  const keptMs = streams.reduce((sum, { mostKeptMs }) => sum + mostKeptMs, 0);
  const cost: Cost = {
    name,
    cpuMs: cpuMs / audioSeconds,
    heapBytes: (after.heap - before.heap) / streams.length,
    bufferBytes: (after.buffers - before.buffers) / streams.length,
    keptBytes: name === 'ours' ? (keptMs * BYTES_PER_MS) / streams.length : 0,
    collecting: collectingMs / cpuMs,
    heard: audioSeconds / passedSeconds,
    finals: streams.reduce((sum, { finals }) => sum + finals, 0),
  };
  await Promise.all(streams.map(({ end }) => end()));
  process.send?.(cost, () => process.exit());
}

/** Shows where the time goes; the returned function stops and writes it to a file. */
async function profile(): Promise<(file: string) => Promise<void>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return async (file) => {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(file, JSON.stringify(profile));
  };
}

/** What is in use once all that can be freed is. */
function memory(): { readonly heap: number; readonly buffers: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, buffers: external };
}

/** Adds up the time of collections; the returned function stops and tells it. */
function watchCollector(): () => number {
  let sumMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) sumMs += duration;
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    for (const { duration } of observer.takeRecords()) sumMs += duration;
    observer.disconnect();
    return sumMs;
  };
}
