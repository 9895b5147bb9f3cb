import type { Cue } from './cues.ts';

export type SubtitleFormat = 'srt' | 'vtt';

/** SubRip numbers its cues from 1 and separates milliseconds with a comma. */
export function formatSrtCue(cue: Cue, number: number): string {
  // SubRip has no escapes; only the arrow of the time line could be taken for structure.
  const lines = cue.lines.map((line) => line.replaceAll('-->', '->'));
  return `${number}\n${timeSpan(cue, ',')}\n${lines.join('\n')}\n\n`;
}

/** WebVTT reads `&` and `<` as markup (W3C WebVTT 1, cue text); `>` is escaped for the arrow's sake. */
export function formatVttCue(cue: Cue): string {
  const lines = cue.lines.map((line) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
  return `${timeSpan(cue, '.')}\n${lines.join('\n')}\n\n`;
}

function timeSpan({ startMs, endMs }: Cue, separator: string): string {
  return `${timestamp(startMs, separator)} --> ${timestamp(endMs, separator)}`;
}

function timestamp(ms: number, separator: string): string {
  const whole = Math.max(0, Math.round(ms));
  const digits = (value: number, length: number) => String(Math.floor(value)).padStart(length, '0');
  const clock = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1_000) % 60];
  return clock.map((part) => digits(part, 2)).join(':') + separator + digits(whole % 1_000, 3);
}
