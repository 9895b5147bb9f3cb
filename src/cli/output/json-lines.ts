import type { DictationEvent } from '../../core/index.ts';

/** A line of JSON is the event itself; `type` comes first. */
export function formatJsonLine(event: DictationEvent): string {
  return `${JSON.stringify(event)}\n`;
}
