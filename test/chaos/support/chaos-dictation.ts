import { RunningDictation } from '../../../src/core/dictation/dictation.ts';
import type { Told } from '../../../src/core/dictation/event-queue.ts';
import { DictationError } from '../../../src/core/errors.ts';
import { checkOptions } from '../../../src/core/options.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import { ChaosProxy } from './chaos-proxy.ts';
import type { ChaosTime } from './chaos-time.ts';
import { CountingClock, WatchedSockets } from './chaos-watch.ts';
import { HearingServer } from './hearing-server.ts';
import type { HearingSession } from './hearing-session.ts';
import { LateClock } from './late-clock.ts';
import { TalkSource } from './talk-source.ts';

/** All that came of one dictation through a broken network. */
export interface ChaosRecord {
  readonly plan: ChaosPlan;
  readonly events: readonly { readonly atMs: number; readonly event: Told }[];
  readonly sessions: readonly HearingSession[];
  /** Of the talk, when the dictation was asked to stop, or at its end. */
  readonly spokenMs: number;
  readonly mostSockets: number;
  /** The most audio that one socket was given beyond 1.25 times real time. */
  readonly mostAheadMs: number;
  /** From the capture of a frame to its sending, the longest time. */
  readonly longestKeptMs: number;
  /** What was still there six seconds after the end. */
  readonly left: { readonly sockets: number; readonly timers: number };
  readonly ended: 'by-itself' | 'never';
}

const LONGEST_MS = 15 * 60_000;
const AFTERMATH_MS = 6_000;

/** Plays a plan: real sockets, a real proxy, a server that hears, and the dictation as it ships. */
export async function playChaos(plan: ChaosPlan, time: ChaosTime): Promise<ChaosRecord> {
  const { moved } = time;
  const random = new SeededRandom(plan.seed);
  const busy = () => new LateClock(time.clock, random.between(0, 2 ** 31), plan.timersLateMs);
  const clock = new CountingClock(busy());
  const events: { atMs: number; event: Told }[] = [];
  let spokenMs: number | undefined;
  const server = new HearingServer({
    ...{ clock: busy(), talk: plan.talk, plan: plan.listener, onMoved: moved },
  });
  const serverPort = await server.listen();
  const proxy = new ChaosProxy({
    ...{ clock: busy(), seed: plan.seed, connections: plan.connections, onMoved: moved },
    serverPort,
    onServiceFault(connection, { how }) {
      // A Termination that crosses our Terminate looks like its answer; no service sends one.
      const isStopping = spokenMs !== undefined;
      if (how !== 'terminates' || !isStopping) server.fail(connection, how);
    },
  });
  const endpoint = await proxy.listen();
  for (const port of [serverPort, Number(new URL(endpoint).port)]) time.follow(port);
  const source = new TalkSource({
    ...{ clock, talk: plan.talk, kind: plan.source, chunkBytes: plan.chunkBytes },
  });
  const sockets = new WatchedSockets(time, () => source.givenMs);
  let asked = 0;
  const dictation = new RunningDictation({
    settings: checkOptions({ model: plan.model }).settings,
    engine: 'assemblyai',
    billing: 'billed',
    access: async () => {
      asked += 1;
      if (!plan.accessFailures.includes(asked - 1)) return { endpoint, headers: {} };
      throw new DictationError('unreachable', 'The token server cannot be reached');
    },
    source,
    clock,
    openSocket: sockets.openSocket,
    chance: () => random.next(),
    onEvent: (event) => {
      events.push({ atMs: clock.now(), event });
    },
    onTrace: (trace) => {
      events.push({ atMs: clock.now(), event: trace });
      if (trace.type === 'stopping') spokenMs ??= source.givenMs;
    },
  });
  let isOver = false;
  void dictation.ended.then(() => {
    isOver = true;
  });
  if (plan.stop.kind === 'user') {
    const { atMs } = plan.stop;
    if (!(await time.until(() => isOver, atMs))) dictation.stop('user');
  }
  const hasEnded = await time.until(() => isOver, LONGEST_MS);
  for (const session of server.sessions) session.shutEars();
  await time.until(() => false, AFTERMATH_MS);
  const record: ChaosRecord = {
    ...{ plan, events, sessions: server.sessions },
    spokenMs: spokenMs ?? source.givenMs,
    mostSockets: sockets.mostOpen,
    mostAheadMs: sockets.mostAheadMs - time.jitterMs,
    longestKeptMs: sockets.longestKeptMs,
    left: { sockets: sockets.open, timers: clock.timers },
    ended: hasEnded ? 'by-itself' : 'never',
  };
  dictation.abort();
  await proxy.close();
  await server.close();
  return record;
}
