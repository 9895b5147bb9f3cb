import { randomUUID } from 'node:crypto';
import type { WireServerMessage } from '../../protocol/index.ts';
import type { SessionSettings } from './session-settings.ts';

const API_VERSION = '2025-05-12';

/** Words a client would take to be hidden, sorted or sent elsewhere if nobody told it otherwise. */
const NOT_DONE_HERE: readonly string[] = [
  'redact_pii',
  'filter_profanity',
  'speaker_labels',
  'voice_focus',
  'domain',
  'llm_gateway',
  'webhook_url',
];
/** The vendor publishes no list of its codes. */
const NOT_DONE_CODE = 1;

/** What a session is opened with, beside its settings. */
export interface OpeningFacts {
  /** Unix milliseconds. */
  readonly nowMs: number;
  readonly maxSessionSeconds: number;
  /** The version of the protocol that the client named. */
  readonly apiVersion: string | undefined;
}

/** `Begin`, which repeats what was asked for, and a warning where some of that will not be done. */
export function openingMessages(
  { model, asked }: SessionSettings,
  { nowMs, maxSessionSeconds, apiVersion }: OpeningFacts,
): readonly WireServerMessage[] {
  const isOn = (name: string) => asked.get(name) === true;
  const text = (name: string) => {
    const value = asked.get(name);
    return typeof value === 'string' ? value : null;
  };
  const begin: WireServerMessage = {
    type: 'Begin',
    id: randomUUID(),
    expires_at: Math.floor(nowMs / 1_000) + maxSessionSeconds,
    configuration: {
      model: model.name,
      mode: text('mode'),
      api_version: /^\d{4}-\d\d-\d\d$/.test(apiVersion ?? '') ? `${apiVersion}` : API_VERSION,
      speaker_labels: isOn('speaker_labels'),
      redact_pii: isOn('redact_pii'),
      filter_profanity: isOn('filter_profanity'),
      domain: text('domain'),
      voice_focus: text('voice_focus'),
    },
  };
  const undone = NOT_DONE_HERE.filter((name) => (asked.get(name) ?? false) !== false);
  if (undone.length === 0) return [begin];
  const warning = `The local engine of Lull does not do this: ${undone.join(', ')}`;
  return [begin, { type: 'Warning', warning_code: NOT_DONE_CODE, warning }];
}
