import { stripVTControlCharacters } from 'node:util';
import type { DictationEvent } from '../../core/index.ts';

// Tabs, line breaks and the two Unicode separators: a turn is one line wherever it is shown.
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const CONTROLS = /\p{Cc}/gu;
// Overrides and isolates can make a line read differently from what it holds (CVE-2021-42574).
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** What a service sends is not trusted with a terminal: no escapes, no controls, one line. */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(BREAKS, ' ')
    .replace(CONTROLS, '')
    .replace(BIDI_CONTROLS, '');
}

/** The event with every text in it cleaned, so that no later step has to remember to. */
export function cleanEvent(event: DictationEvent): DictationEvent {
  return cleanDeep(event) as DictationEvent;
}

function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cleanDeep(part)]));
}
