import type { DictationEvent } from '../../core/index.ts';
import { cuesOf } from './cues.ts';
import { formatJsonLine } from './json-lines.ts';
import { formatSrtCue, formatVttCue, type SubtitleFormat } from './subtitles.ts';

export const OUTPUT_FORMATS = ['text', 'json', 'srt', 'vtt'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** What an event adds to the output; an empty string for most of them. */
export type FormatEvent = (event: DictationEvent) => string;

/** Expects events that went through `cleanEvent`. */
export function createFormat(format: OutputFormat): FormatEvent {
  switch (format) {
    case 'text':
      return (event) => (event.type === 'final' ? `${event.text}\n` : '');
    case 'json':
      return formatJsonLine;
    case 'srt':
    case 'vtt':
      return createSubtitles(format);
    default:
      return format satisfies never;
  }
}

/** What a file of this format begins with, even if no word is ever said. */
export function openingOf(format: OutputFormat): string {
  return format === 'vtt' ? 'WEBVTT\n\n' : '';
}

function createSubtitles(format: SubtitleFormat): FormatEvent {
  let count = 0;
  let lastEndMs = 0;
  return (event) => {
    if (event.type !== 'final') return '';
    let text = '';
    for (const cue of cuesOf(event, lastEndMs)) {
      count += 1;
      lastEndMs = cue.endMs;
      text += format === 'srt' ? formatSrtCue(cue, count) : formatVttCue(cue);
    }
    return text;
  };
}
