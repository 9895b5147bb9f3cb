import { DEFAULT_MODEL, findModel, type ModelFamily } from '../../protocol/index.ts';
import { type ParameterSource, readParameter } from './parameter-rules.ts';

export type Encoding = 'pcm_s16le' | 'pcm_mulaw';

interface Model {
  readonly name: string;
  readonly family: ModelFamily;
}

/** What this server does differently for one session than for another. */
export interface SessionSettings {
  readonly model: Model;
  readonly sampleRateHz: number;
  readonly encoding: Encoding;
  readonly inactivityTimeoutMs: number | undefined;
  readonly partials: 'sent' | 'dropped';
  readonly finals: 'plain' | 'formatted';
  readonly heartbeat: 'sent' | 'none';
  readonly turnSilenceMs: number;
  /** What the client asked for and nobody here does: it is told so, and told what it asked for. */
  readonly asked: ReadonlyMap<string, unknown>;
}

/** The part of the settings that may change while a session runs, as the client wrote it. */
export type SettingsUpdate = ReadonlyMap<string, unknown>;

/** Silence that ends a turn, where the client names none; figures in docs/decisions/local-engine.md. */
const TURN_SILENCE_MS = new Map([
  ['min_latency', 500],
  ['balanced', 600],
  ['max_accuracy', 1_000],
]);
const DEFAULT_TURN_SILENCE_MS = 600;
/** Below this the decoder has often not heard the last word yet; the upper bound is the service's. */
const SHORTEST_TURN_SILENCE_MS = 500;
const LONGEST_TURN_SILENCE_MS = 10_000;

/** Settings from the query of the socket's address; text says what is wrong with it. */
export function readSettings(query: URLSearchParams): SessionSettings | string {
  const name = query.get('speech_model') ?? DEFAULT_MODEL;
  const model = { name, family: familyOf(name) };
  const asked = readFields(query, 'query', model);
  if (typeof asked === 'string') return asked;
  if (asked.has('voice_focus_threshold') && !asked.has('voice_focus')) {
    return 'voice_focus_threshold requires voice_focus';
  }
  const inactivitySeconds = asked.get('inactivity_timeout');
  // Words that are to be hidden must not be seen on the way, so the service turns partials off.
  const wantsPartials = asked.get('include_partial_turns') ?? asked.get('redact_pii') !== true;
  const settings: SessionSettings = {
    model,
    sampleRateHz: Number(asked.get('sample_rate') ?? 16_000),
    encoding: asked.get('encoding') === 'pcm_mulaw' ? 'pcm_mulaw' : 'pcm_s16le',
    inactivityTimeoutMs:
      inactivitySeconds === undefined ? undefined : Number(inactivitySeconds) * 1_000,
    partials: wantsPartials ? 'sent' : 'dropped',
    finals: 'plain',
    heartbeat: 'none',
    turnSilenceMs: DEFAULT_TURN_SILENCE_MS,
    asked,
  };
  return applyUpdate(settings, asked);
}

/** Checks the fields of an `UpdateConfiguration`; text says what is wrong with one of them. */
export function checkUpdate(
  fields: ReadonlyMap<string, unknown>,
  model: Model,
): SettingsUpdate | string {
  return readFields(
    [...fields].filter(([, value]) => value !== null),
    'message',
    model,
  );
}

/** The settings with what the client changed; a preset gives way to values that are named. */
export function applyUpdate(settings: SessionSettings, update: SettingsUpdate): SessionSettings {
  const formatTurns = update.get('format_turns');
  const heartbeat = update.get('session_heartbeat');
  const mode = update.get('mode');
  const preset = typeof mode === 'string' ? TURN_SILENCE_MS.get(mode) : undefined;
  const shortest =
    update.get('min_turn_silence') ?? update.get('min_end_of_turn_silence_when_confident');
  const longest = update.get('max_turn_silence');
  const wantedMs = Number(shortest ?? preset ?? settings.turnSilenceMs);
  const turnSilenceMs = longest === undefined ? wantedMs : Math.min(wantedMs, Number(longest));
  return {
    ...settings,
    finals: formatTurns === undefined ? settings.finals : formatTurns ? 'formatted' : 'plain',
    heartbeat: heartbeat === undefined ? settings.heartbeat : heartbeat ? 'sent' : 'none',
    turnSilenceMs: Math.min(
      Math.max(turnSilenceMs, SHORTEST_TURN_SILENCE_MS),
      LONGEST_TURN_SILENCE_MS,
    ),
  };
}

/** The family of a model the vendor will name tomorrow shows in its name, as it did until now. */
function familyOf(name: string): ModelFamily {
  const known = findModel(name)?.family;
  if (known !== undefined) return known;
  if (name.startsWith('universal-streaming')) return 'us';
  return name.startsWith('whisper') ? 'whisper' : 'pro';
}

function readFields(
  fields: Iterable<readonly [string, unknown]>,
  source: ParameterSource,
  model: Model,
): ReadonlyMap<string, unknown> | string {
  const values = new Map<string, unknown>();
  for (const [name, written] of fields) {
    const reading = readParameter({ name, written, source }, model);
    if (reading.kind === 'bad') return reading.complaint;
    if (reading.kind === 'good') values.set(name, reading.value);
  }
  return values;
}
