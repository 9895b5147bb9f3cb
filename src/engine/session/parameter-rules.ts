import type { ConnectionParameters } from '../../core/index.ts';
import type { ModelFamily } from '../../protocol/index.ts';

/** Checks one value; an answer is the complaint that follows the parameter's name. */
type Rule = (value: unknown) => string | undefined;

interface ParameterRule {
  readonly check: Rule;
  /** Refused on the other families, as the service does (seen live, 2026-06). */
  readonly families?: readonly ModelFamily[];
}

const LONGEST_PROMPT = 1_750;
const LONGEST_TEXT = 10_000;
const DAY_MS = 86_400_000;

/** What may change while a session runs. */
const ANY_TIME = {
  format_turns: { check: flag },
  filter_profanity: { check: flag },
  session_heartbeat: { check: flag },
  // Values out of the service's 50 to 10,000 ms are clamped there, so only the kind is checked.
  min_turn_silence: { check: whole(0, 3_600_000) },
  min_end_of_turn_silence_when_confident: { check: whole(0, 3_600_000) },
  max_turn_silence: { check: whole(0, 3_600_000) },
  end_of_turn_confidence_threshold: { check: between(0, 1) },
  vad_threshold: { check: between(0, 1) },
  keyterms_prompt: { check: list(100) },
  prompt: proOnly(text(LONGEST_PROMPT)),
  agent_context: proOnly(text(LONGEST_PROMPT)),
  mode: proOnly(oneOf('min_latency', 'balanced', 'max_accuracy')),
  interruption_delay: proOnly(whole(0, 1_000)),
  continuous_partials: proOnly(flag),
  language_codes: proOnly(list(10)),
  acknowledge_silence: proOnly(flag),
  turn_left_pad_ms: proOnly(whole(0, 3_600_000)),
} satisfies Readonly<Record<string, ParameterRule>>;

/** And what is fixed when the socket is opened. The compiler lets nothing be missing that we send. */
const EVERYTHING: Readonly<Record<string, ParameterRule>> = {
  ...ANY_TIME,
  speech_model: { check: modelName },
  sample_rate: { check: whole(8_000, 96_000) },
  // The service also takes opus, ogg_opus and aac, for which this server has no decoder.
  encoding: { check: oneOf('pcm_s16le', 'pcm_mulaw') },
  inactivity_timeout: { check: whole(5, 3_600) },
  include_partial_turns: { check: flag },
  max_turn_duration: proOnly(whole(0, 3_600_000)),
  previous_context_n_turns: proOnly(whole(0, 100)),
  language_detection: { check: flag },
  language_code: proOnly(text(16)),
  language: { check: oneOf('en', 'multi'), families: ['us', 'pro'] },
  domain: { check: oneOf('medical-v1') },
  speaker_labels: { check: flag },
  max_speakers: { check: whole(1, 10) },
  speaker_labels_revision_interval_ms: { check: whole(0, DAY_MS) },
  redact_pii: { check: flag },
  redact_pii_policies: { check: namesOrList },
  redact_pii_sub: { check: oneOf('hash', 'entity_name') },
  voice_focus: proOnly(oneOf('near-field', 'far-field')),
  voice_focus_threshold: proOnly(between(0, 1)),
  llm_gateway: { check: object },
  webhook_url: { check: text(LONGEST_TEXT) },
  webhook_auth_header_name: { check: text(LONGEST_TEXT) },
  webhook_auth_header_value: { check: text(LONGEST_TEXT) },
  token: { check: text(LONGEST_TEXT) },
} satisfies Record<keyof ConnectionParameters, ParameterRule> & Record<string, ParameterRule>;

const RULES_OF = {
  query: new Map<string, ParameterRule>(Object.entries(EVERYTHING)),
  message: new Map<string, ParameterRule>(Object.entries(ANY_TIME)),
};

/** Where a value stands: a query holds text only, a message has values of every kind. */
export type ParameterSource = 'query' | 'message';

export type Reading =
  | { readonly kind: 'good'; readonly value: unknown }
  | { readonly kind: 'bad'; readonly complaint: string }
  /** A name that is not known there, which the service passes over. */
  | { readonly kind: 'passed-over' };

/** What a client wrote for a parameter, as the value it stands for. */
export function readParameter(
  {
    name,
    written,
    source,
  }: {
    readonly name: string;
    readonly written: unknown;
    readonly source: ParameterSource;
  },
  model: { readonly name: string; readonly family: ModelFamily },
): Reading {
  const rule = RULES_OF[source].get(name);
  if (!rule) return { kind: 'passed-over' };
  if (rule.families && !rule.families.includes(model.family)) {
    return { kind: 'bad', complaint: `${name} is not supported by ${model.name}` };
  }
  const value =
    source === 'query' && typeof written === 'string' ? readText(written, rule.check) : written;
  const complaint = rule.check(value);
  if (complaint === undefined) return { kind: 'good', value };
  const unit = name === 'sample_rate' && complaint.startsWith('must be at') ? ' Hz' : '';
  return { kind: 'bad', complaint: `${name} ${complaint}${unit}` };
}

/** The reading that the rule accepts, text itself first. */
function readText(written: string, check: Rule): unknown {
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

function proOnly(check: Rule): ParameterRule {
  return { check, families: ['pro'] };
}

/** Names are the vendor's and move, so only what can be none is refused. */
function modelName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value)
    ? undefined
    : 'must be the name of a model';
}

function flag(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
}

function object(value: unknown): string | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? undefined : 'must be an object';
}

/** The service takes the names of policies as a list, or with commas between them. */
function namesOrList(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z_]+(,[a-z_]+)*$/.test(value)
    ? undefined
    : list(100)(value);
}

function whole(min: number, max: number): Rule {
  return (value) => {
    if (!Number.isInteger(value)) return 'must be an integer';
    return between(min, max)(value);
  };
}

function between(min: number, max: number): Rule {
  return (value) => {
    if (typeof value !== 'number' || Number.isNaN(value)) return 'must be a number';
    if (value < min) return `must be at least ${min.toLocaleString('en-US')}`;
    if (value > max) return `must be at most ${max.toLocaleString('en-US')}`;
    return undefined;
  };
}

function oneOf(...values: readonly string[]): Rule {
  return (value) =>
    values.some((allowed) => allowed === value) ? undefined : `must be one of ${values.join(', ')}`;
}

function text(longest: number): Rule {
  return (value) =>
    typeof value === 'string' && value.length <= longest
      ? undefined
      : `must be text of at most ${longest} characters`;
}

function list(longest: number): Rule {
  return (value) => {
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
      return 'must be a list of texts';
    }
    return value.length <= longest ? undefined : `Max ${longest} items`;
  };
}
