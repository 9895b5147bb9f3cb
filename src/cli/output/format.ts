import { extname } from 'node:path';
import type { DictationEvent } from '../../core/index.ts';
import { joinPhrase } from '../../text/index.ts';
import { cuesOf } from './cues.ts';
import { formatJsonLine } from './json-lines.ts';
import { formatSrtCue, formatVttCue, type SubtitleFormat } from './subtitles.ts';

export const OUTPUT_FORMATS = ['text', 'json', 'srt', 'vtt'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/**
 * One line per phrase, or one paragraph: as it grows, or at the end where a preview is drawn below
 * what is printed.
 */
export type TextLayout = 'lines' | 'paragraph' | 'paragraph-at-the-end';

/** The format that a file's ending names. */
export function formatOfFile(path: string): OutputFormat | undefined {
  const ending = extname(path).slice(1).toLowerCase();
  return OUTPUT_FORMATS.find((format) => format === ending);
}

/** What an event adds to the output; an empty string for most of them. */
export type FormatEvent = (event: DictationEvent) => string;

/** What the person speaks, as far as it decides how phrases are joined. */
export interface Speech {
  readonly keyterms: readonly string[];
  readonly language?: string;
}

/** Expects events that went through `cleanEvent`. */
export function createFormat(
  format: OutputFormat,
  { layout = 'lines', speech }: { readonly layout?: TextLayout; readonly speech?: Speech } = {},
): FormatEvent {
  switch (format) {
    case 'text':
      return layout === 'lines' ? formatLine : createParagraph(layout, speech);
    case 'json':
      return formatJsonLine;
    case 'srt':
    case 'vtt':
      return createSubtitles(format);
    default:
      return format satisfies never;
  }
}

function formatLine(event: DictationEvent): string {
  return event.type === 'final' ? `${event.text}\n` : '';
}

function createParagraph(layout: TextLayout, speech?: Speech): FormatEvent {
  let before = '';
  let held = '';
  return (event) => {
    if (event.type === 'end') return before === '' ? '' : `${held}\n`;
    if (event.type !== 'final') return '';
    const place = { left: before, right: '', target: 'prose' } as const;
    const { text: phrase } = joinPhrase({ ...speech, ...place, phrase: event.text });
    before += phrase;
    if (layout === 'paragraph') return phrase;
    held += phrase;
    return '';
  };
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
