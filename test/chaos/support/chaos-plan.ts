import { SeededRandom } from '../../support/seeded-random.ts';
import { composeTalk, type Talk } from './spoken-audio.ts';

/** What the network does to one connection. Everything is drawn from the seed beforehand. */
export interface ConnectionPlan {
  readonly answer: 'pass' | 'reset' | 'close' | 'say-nothing';
  readonly up: LinkShape;
  readonly down: LinkShape;
  readonly fault?: Fault;
}

/** How one direction carries what it is given. */
export interface LinkShape {
  readonly delayMs: number;
  /** Absent means as fast as it comes. */
  readonly bytesPerSecond?: number;
  readonly pieces: 'as-sent' | 'split' | 'coalesced';
}

/** `atMs` counts from the moment the connection was accepted. */
export type Fault =
  | { readonly kind: 'reset' | 'close'; readonly atMs: number; readonly outageMs: number }
  /** Nothing passes any more, and neither side is told. */
  | { readonly kind: 'half-open'; readonly atMs: number; readonly outageMs: number }
  /** Nothing passes for a while; then all of it does. */
  | {
      readonly kind: 'stall';
      readonly atMs: number;
      readonly forMs: number;
      readonly direction: 'up' | 'down' | 'both';
    }
  /** The service itself fails, in its own words. */
  | { readonly kind: 'service'; readonly atMs: number; readonly how: ServiceFailure };

export type ServiceFailure = 'error-3005' | 'close-1011' | 'no-code' | 'terminates';

/** What a service does to every session alike, however often it is called. */
export type Habit =
  /** It drops each session so long after its Begin, and nobody speaks. */
  | { readonly kind: 'flaps'; readonly afterMs: number }
  /** It begins, answers one ping and never says another word. */
  | { readonly kind: 'stalls' };

export interface ListenerPlan {
  readonly seed: number;
  readonly beginDelayMs: number;
  /** Silence that ends a turn, and how long its final takes from there. */
  readonly turnSilenceMs: number;
  readonly finalLagMs: number;
  readonly partialLagMs: number;
  /** How much a turn's edges are told beyond its words: protocol 4.3. */
  readonly startPaddingMs: number;
  readonly endPaddingMs: number;
  /** Absent means three hours. */
  readonly lifeSeconds?: number;
  readonly habit?: Habit;
}

export interface ChaosPlan {
  readonly seed: number;
  readonly talk: Talk;
  readonly source: 'live' | 'stored';
  /** Bytes the source gives at a time; odd ones included. */
  readonly chunkBytes: number;
  readonly model: 'universal-3-6-pro' | 'universal-streaming-english';
  /** By the order in which connections are made; the last one stands for all that follow. */
  readonly connections: readonly ConnectionPlan[];
  readonly listener: ListenerPlan;
  readonly stop: { readonly kind: 'silence' } | { readonly kind: 'user'; readonly atMs: number };
  /** Which requests for access fail, counted from 0. */
  readonly accessFailures: readonly number[];
  /** How late a timer may be on this machine. */
  readonly timersLateMs: number;
}

const CLEAN: ConnectionPlan = {
  answer: 'pass',
  up: { delayMs: 20, pieces: 'as-sent' },
  down: { delayMs: 20, pieces: 'as-sent' },
};

/** The same seed gives the same plan, whatever else the machine does. */
export function planChaos(seed: number): ChaosPlan {
  const random = new SeededRandom(seed);
  const lifeSeconds = random.happens(0.08) ? random.between(50, 70) : undefined;
  const talk = composeTalk(random.fork(), {
    sentences: lifeSeconds === undefined ? random.between(2, 7) : random.between(12, 20),
    longestPauseMs: 3_000,
    closingSilenceMs: 9_000,
  });
  const speechMs = talk.lengthMs - 9_000;
  const plan: ChaosPlan = {
    seed,
    talk,
    source: random.pick(['live', 'stored']),
    chunkBytes: random.pick([1_600, 1_600, 640, 3_333, 5_461]),
    model: random.pick(['universal-3-6-pro', 'universal-3-6-pro', 'universal-streaming-english']),
    connections: planConnections(random.fork(), speechMs),
    listener: planListener(random.fork(), lifeSeconds),
    stop: random.happens(0.2)
      ? { kind: 'user', atMs: random.between(1_000, speechMs + 2_000) }
      : { kind: 'silence' },
    accessFailures: random.happens(0.1) ? [random.between(1, 3)] : [],
    timersLateMs: random.pick([0, 0, 20, 60, 200]),
  };
  // Last, so that a seed that has no habit plays what it always played.
  if (random.happens(0.03)) return withFlaps(plan, random.between(4_000, 9_000));
  return random.happens(0.03) ? withStalls(plan, random.fork()) : plan;
}

function withFlaps(plan: ChaosPlan, afterMs: number): ChaosPlan {
  const { lifeSeconds: _, ...listener } = plan.listener;
  return {
    ...plan,
    talk: { words: [], lengthMs: 60_000 },
    source: 'live',
    connections: [CLEAN],
    listener: { ...listener, habit: { kind: 'flaps', afterMs } },
    stop: { kind: 'silence' },
    accessFailures: [],
  };
}

/** A person stops a microphone in mid-speech; a file comes to its end. */
function withStalls(plan: ChaosPlan, random: SeededRandom): ChaosPlan {
  const shape = { sentences: 4, longestPauseMs: 1_000, closingSilenceMs: 1_000 };
  const { lifeSeconds: _, ...listener } = plan.listener;
  return {
    ...plan,
    talk: composeTalk(random, shape),
    connections: [CLEAN],
    listener: { ...listener, habit: { kind: 'stalls' } },
    stop:
      plan.source === 'live'
        ? { kind: 'user', atMs: random.between(3_000, 15_000) }
        : { kind: 'silence' },
    accessFailures: [],
  };
}

function planConnections(random: SeededRandom, speechMs: number): readonly ConnectionPlan[] {
  const faults = random.pick([0, 1, 1, 1, 2, 2, 3]);
  const connections: ConnectionPlan[] = [];
  for (let index = 0; index < faults; index += 1) {
    const isTurnedAway = random.happens(0.15);
    connections.push({
      answer: isTurnedAway ? random.pick(['reset', 'close', 'say-nothing']) : 'pass',
      up: planShape(random),
      down: planShape(random),
      fault: planFault(random, speechMs / faults),
    });
  }
  return [...connections, { ...CLEAN, up: planShape(random), down: planShape(random) }];
}

function planShape(random: SeededRandom): LinkShape {
  const shape: LinkShape = {
    delayMs: random.pick([0, 5, 40, 150, 400]),
    pieces: random.pick(['as-sent', 'as-sent', 'split', 'coalesced']),
  };
  // Speech is 32,000 bytes a second: the slowest link is a little slower than that.
  return random.happens(0.12)
    ? { ...shape, bytesPerSecond: random.pick([28_000, 40_000, 64_000]) }
    : shape;
}

const FAULTS = ['reset', 'reset', 'close', 'half-open', 'stall', 'stall', 'service'] as const;

function planFault(random: SeededRandom, withinMs: number): Fault {
  const atMs = random.between(100, Math.max(200, Math.round(withinMs * 1.3)));
  const outageMs = random.pick([0, 0, 0, 500, 3_000, 8_000, 20_000]);
  const kind = random.pick(FAULTS);
  switch (kind) {
    case 'stall':
      return {
        kind,
        atMs,
        forMs: random.pick([300, 1_000, 3_000, 6_000, 9_000, 15_000]),
        direction: random.pick(['up', 'down', 'both']),
      };
    case 'service':
      return {
        kind,
        atMs,
        how: random.pick(['error-3005', 'close-1011', 'no-code', 'terminates']),
      };
    default:
      return { kind, atMs, outageMs };
  }
}

function planListener(random: SeededRandom, lifeSeconds: number | undefined): ListenerPlan {
  return {
    seed: random.between(0, 2 ** 32 - 1),
    beginDelayMs: random.pick([0, 200, 1_300, 2_500]),
    turnSilenceMs: random.pick([160, 400, 640]),
    finalLagMs: random.pick([50, 420, 900]),
    partialLagMs: random.pick([100, 600, 1_200]),
    startPaddingMs: random.pick([0, 300, 1_000]),
    endPaddingMs: random.pick([0, 120, 240]),
    ...(lifeSeconds === undefined ? {} : { lifeSeconds }),
  };
}
