import type { DictationSettings } from '../options.ts';
import { SAMPLE_RATE_HZ } from '../ports.ts';
import type { ConnectionParameters } from './wire.ts';

/** The range the service accepts for `inactivity_timeout`, in seconds. */
const SHORTEST_INACTIVITY = 5;
const LONGEST_INACTIVITY = 3_600;
const INACTIVITY_MARGIN = 5;
const INACTIVITY_WITHOUT_LIMIT = 60;

/** What one session asks of the service, from what the person chose. */
export function connectionParameters(
  settings: DictationSettings,
  token?: string,
): ConnectionParameters {
  const { model, languages, keyterms, silenceMs } = settings;
  return {
    speech_model: model.name,
    sample_rate: SAMPLE_RATE_HZ,
    encoding: 'pcm_s16le',
    // Catches a client that hangs with its socket open; silence in the audio does not trigger it.
    inactivity_timeout: inactivitySeconds(silenceMs),
    // The Pro models always format; asking them has no effect.
    ...(asksForFormat(settings) ? { format_turns: true } : {}),
    ...(languages.length > 0 && model.family === 'pro' ? { language_codes: languages } : {}),
    ...(keyterms.length > 0 ? { keyterms_prompt: keyterms } : {}),
    ...(token === undefined ? {} : { token }),
  };
}

/** US and whisper models send lower-case, unpunctuated finals unless asked. */
export function asksForFormat({ model }: DictationSettings): boolean {
  return model.family !== 'pro';
}

function inactivitySeconds(silenceMs: number): number {
  if (silenceMs === 0) return INACTIVITY_WITHOUT_LIMIT;
  const seconds = Math.ceil(silenceMs / 1_000) + INACTIVITY_MARGIN;
  return Math.min(Math.max(seconds, SHORTEST_INACTIVITY), LONGEST_INACTIVITY);
}
