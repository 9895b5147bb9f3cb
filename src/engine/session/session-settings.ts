import { DEFAULT_MODEL, findModel, type ModelFamily } from '../../core/index.ts';
import { PARAMETER_RULES } from './parameter-rules.ts';

export type Encoding = 'pcm_s16le' | 'pcm_mulaw';

/** What this server does differently for one session than for another. */
export interface SessionSettings {
  readonly model: string;
  readonly family: ModelFamily;
  readonly mode: string | undefined;
  readonly sampleRateHz: number;
  readonly encoding: Encoding;
  readonly inactivityTimeoutMs: number | undefined;
  readonly partials: 'sent' | 'dropped';
  readonly finals: 'plain' | 'formatted';
  readonly turnSilenceMs: number;
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
  const model = query.get('speech_model') ?? DEFAULT_MODEL;
  const family = findModel(model)?.family;
  if (family === undefined) return complaintAbout('speech_model', model) ?? 'speech_model';

  const fields = new Map<string, unknown>();
  for (const [name, written] of query) {
    const rule = PARAMETER_RULES.get(name);
    if (!rule) continue;
    if (rule.families && !rule.families.includes(family)) {
      return `${name} is not supported by ${model}`;
    }
    const value = readValue(written, rule.check);
    const complaint = complaintAbout(name, value);
    if (complaint !== undefined) return complaint;
    fields.set(name, value);
  }
  if (fields.has('voice_focus_threshold') && !fields.has('voice_focus')) {
    return 'voice_focus_threshold requires voice_focus';
  }
  const inactivitySeconds = fields.get('inactivity_timeout');
  const settings: SessionSettings = {
    model,
    family,
    mode: undefined,
    sampleRateHz: Number(fields.get('sample_rate') ?? 16_000),
    encoding: fields.get('encoding') === 'pcm_mulaw' ? 'pcm_mulaw' : 'pcm_s16le',
    inactivityTimeoutMs:
      inactivitySeconds === undefined ? undefined : Number(inactivitySeconds) * 1_000,
    partials: fields.get('include_partial_turns') === false ? 'dropped' : 'sent',
    finals: 'plain',
    turnSilenceMs: DEFAULT_TURN_SILENCE_MS,
  };
  return applyUpdate(settings, fields);
}

/** Checks the fields of an `UpdateConfiguration`; text says what is wrong with one of them. */
export function checkUpdate(fields: ReadonlyMap<string, unknown>): SettingsUpdate | string {
  const update = new Map<string, unknown>();
  for (const [name, value] of fields) {
    // What is fixed at connect time is passed over like a name that is not known.
    if (PARAMETER_RULES.get(name)?.when !== 'any-time' || value === null) continue;
    const complaint = complaintAbout(name, value);
    if (complaint !== undefined) return complaint;
    update.set(name, value);
  }
  return update;
}

/** The settings with what the client changed; a preset gives way to values that are named. */
export function applyUpdate(settings: SessionSettings, update: SettingsUpdate): SessionSettings {
  const formatTurns = update.get('format_turns');
  const mode = update.get('mode');
  const preset = typeof mode === 'string' ? TURN_SILENCE_MS.get(mode) : undefined;
  const shortest =
    update.get('min_turn_silence') ?? update.get('min_end_of_turn_silence_when_confident');
  const longest = update.get('max_turn_silence');
  const wantedMs = Number(shortest ?? preset ?? settings.turnSilenceMs);
  const turnSilenceMs = longest === undefined ? wantedMs : Math.min(wantedMs, Number(longest));
  return {
    ...settings,
    mode: typeof mode === 'string' ? mode : settings.mode,
    finals: formatTurns === undefined ? settings.finals : formatTurns ? 'formatted' : 'plain',
    turnSilenceMs: Math.min(
      Math.max(turnSilenceMs, SHORTEST_TURN_SILENCE_MS),
      LONGEST_TURN_SILENCE_MS,
    ),
  };
}

function complaintAbout(name: string, value: unknown): string | undefined {
  const complaint = PARAMETER_RULES.get(name)?.check(value);
  if (complaint === undefined) return undefined;
  const unit = name === 'sample_rate' && complaint.startsWith('must be at') ? ' Hz' : '';
  return `${name} ${complaint}${unit}`;
}

/** A query holds text only. The value is the reading the rule accepts, text itself first. */
function readValue(written: string, check: (value: unknown) => string | undefined): unknown {
  if (check(written) === undefined) return written;
  const lower = written.toLowerCase();
  // Python clients write True and False.
  if (lower === 'true' || lower === 'false') return lower === 'true';
  try {
    return JSON.parse(written);
  } catch {
    // No JSON, so it stays text, which the rule has refused already.
    return written;
  }
}
