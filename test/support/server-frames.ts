import {
  beginMessage,
  emptyFinal,
  errorMessage,
  finalTurn,
  partialTurn,
  speechStarted,
  unformattedTurn,
} from '../../src/testing/wire-messages.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What no field should hold. */
const NASTY: readonly [unknown, ...unknown[]] = [
  null,
  '',
  ' ',
  -1,
  0.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  {},
  [null],
  [[]],
  '\u0000\u001b[2J',
  '\ud800',
  'constructor',
  '9'.repeat(400),
  { toString: 1 },
  { length: -1 },
];
const NAMES = ['__proto__', 'constructor', 'toString', 'type', 'words', 'hasOwnProperty'] as const;
const RAW = ['', '{', '[]', 'null', '"Turn"', '{"type":', '\ufeff{}', '{"type":"Turn"}'] as const;

/** Frames as a service would send them, nearly so, and not at all. */
export function arbitraryFrame(random: SeededRandom): string {
  if (random.happens(0.05)) return random.pick(RAW);
  const text = JSON.stringify(spoilt(message(random), random));
  return random.happens(0.05) ? text.slice(0, random.between(0, text.length)) : text;
}

function message(random: SeededRandom): object {
  // Rare, because little of what follows it is listened to.
  if (random.happens(0.004)) {
    return random.pick<object>([
      errorMessage(random.pick([1008, 1011, 3005, 3006, 3007, 3008, 4000]), 'Session Cancelled'),
      { type: 'Termination', audio_duration_seconds: 3, session_duration_seconds: 4 },
    ]);
  }
  const startMs = random.between(0, 20_000);
  const endMs = startMs + random.between(0, 2_000);
  const turn = { order: random.between(0, 30), text: 'one two three', startMs, endMs };
  return random.pick<() => object>([
    () => partialTurn(turn),
    () => partialTurn(turn),
    () => finalTurn(turn),
    () => unformattedTurn(turn),
    () => emptyFinal(turn.order),
    () => speechStarted(startMs),
    () => beginMessage({ id: `s${turn.order}`, expiresAt: random.between(0, 2e9), model: 'm' }),
    () => ({ type: 'Warning', warning_code: 1, warning: 'careful' }),
    () => ({ type: 'Heartbeat', total_audio_received_ms: 5 }),
    () => ({ type: 'Unheard', of: {} }),
  ])();
}

/** The message with some of its fields, at any depth, replaced by something else. */
function spoilt(value: unknown, random: SeededRandom): unknown {
  if (random.happens(0.03)) return random.pick(NASTY);
  if (Array.isArray(value)) return value.map((item) => spoilt(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, spoilt(field, random)]);
  if (random.happens(0.02)) fields.push([random.pick(NAMES), random.pick(NASTY)]);
  return Object.fromEntries(fields);
}
