import { MODELS, type ModelFamily } from '../../core/index.ts';

/** Checks one value; an answer is the complaint that follows the parameter's name. */
export type Rule = (value: unknown) => string | undefined;

export interface ParameterRule {
  readonly check: Rule;
  /** Refused on the other families, as the service does (seen live, 2026-06). */
  readonly families?: readonly ModelFamily[];
  /** May also come in `UpdateConfiguration`. */
  readonly when: 'connect' | 'any-time';
}

const LONGEST_PROMPT = 1_750;

const PRO: readonly ModelFamily[] = ['pro'];

/** Every parameter of v3 that is known, and the values it may have. Other names are ignored, as the service does. */
export const PARAMETER_RULES: ReadonlyMap<string, ParameterRule> = new Map(
  Object.entries<ParameterRule>({
    speech_model: atConnect(oneOf(...MODELS.map(({ name }) => name))),
    sample_rate: atConnect(whole(8_000, 96_000)),
    // The service also takes opus, ogg_opus and aac, for which this server has no decoder.
    encoding: atConnect(oneOf('pcm_s16le', 'pcm_mulaw')),
    inactivity_timeout: atConnect(whole(5, 3_600)),
    include_partial_turns: atConnect(flag),
    max_turn_duration: { ...atConnect(whole(0, 3_600_000)), families: PRO },
    previous_context_n_turns: { ...atConnect(whole(0, 100)), families: PRO },
    language_detection: atConnect(flag),
    language_code: { ...atConnect(text(16)), families: PRO },
    language: atConnect(oneOf('en', 'multi')),
    domain: atConnect(oneOf('medical-v1')),
    speaker_labels: atConnect(flag),
    max_speakers: atConnect(whole(1, 10)),
    redact_pii: atConnect(flag),
    redact_pii_sub: atConnect(oneOf('hash', 'entity_name')),
    voice_focus: { ...atConnect(oneOf('near-field', 'far-field')), families: PRO },
    voice_focus_threshold: { ...atConnect(between(0, 1)), families: PRO },
    format_turns: anyTime(flag),
    filter_profanity: anyTime(flag),
    session_heartbeat: anyTime(flag),
    // Values out of the service's 50 to 10,000 ms are clamped there, so only the kind is checked.
    min_turn_silence: anyTime(whole(0, 3_600_000)),
    min_end_of_turn_silence_when_confident: anyTime(whole(0, 3_600_000)),
    max_turn_silence: anyTime(whole(0, 3_600_000)),
    end_of_turn_confidence_threshold: anyTime(between(0, 1)),
    vad_threshold: anyTime(between(0, 1)),
    keyterms_prompt: anyTime(list(100)),
    prompt: { ...anyTime(text(LONGEST_PROMPT)), families: PRO },
    agent_context: { ...anyTime(text(LONGEST_PROMPT)), families: PRO },
    mode: { ...anyTime(oneOf('min_latency', 'balanced', 'max_accuracy')), families: PRO },
    interruption_delay: { ...anyTime(whole(0, 1_000)), families: PRO },
    continuous_partials: { ...anyTime(flag), families: PRO },
    language_codes: { ...anyTime(list(10)), families: PRO },
    acknowledge_silence: { ...anyTime(flag), families: PRO },
    turn_left_pad_ms: { ...anyTime(whole(0, 3_600_000)), families: PRO },
  }),
);

function atConnect(check: Rule): ParameterRule {
  return { check, when: 'connect' };
}

function anyTime(check: Rule): ParameterRule {
  return { check, when: 'any-time' };
}

function flag(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
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
