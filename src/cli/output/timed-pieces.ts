import stringWidth from 'string-width';
import type { DictationEvent } from '../../core/index.ts';

/** A stretch of the final's own text, spaces and punctuation included, and when it was said. */
export interface TimedPiece {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** How wide a text is; measured letter by letter only where there is more than plain letters. */
export function columnsOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

type Final = Extract<DictationEvent, { type: 'final' }>;

const graphemes = new Intl.Segmenter();

/**
 * Gives the final's text the times of its words. The text itself is cut, not rebuilt from the
 * words: languages without spaces keep having none, and formatting the words lack stays.
 */
export function timedPieces(final: Final, maxColumns: number): readonly TimedPiece[] {
  const pieces = alignWords(final) ?? spreadEvenly(final);
  return pieces.flatMap((piece) => cutToWidth(piece, maxColumns));
}

function alignWords({ text, words }: Final): readonly TimedPiece[] | undefined {
  const starts: number[] = [];
  let from = 0;
  for (const word of words) {
    const at = text.indexOf(word.text, from);
    if (at < 0) return undefined;
    starts.push(at);
    from = at + word.text.length;
  }
  if (words.length === 0) return undefined;
  return words.map(({ startMs, endMs }, index) => ({
    text: text.slice(index === 0 ? 0 : starts[index], starts[index + 1]),
    startMs,
    endMs,
  }));
}

/** Where words are missing or differ from the text, time passes evenly over its characters. */
function spreadEvenly({ text, startMs, endMs }: Final): readonly TimedPiece[] {
  return spread(text.match(/\S+\s*/gu) ?? [], { text, startMs, endMs });
}

function cutToWidth(piece: TimedPiece, maxColumns: number): readonly TimedPiece[] {
  if (piece.text.length <= maxColumns / 2 || columnsOf(piece.text.trim()) <= maxColumns) {
    return [piece];
  }
  const parts: string[] = [];
  let part = '';
  let columns = 0;
  // Each character is measured once, however long the text is.
  for (const { segment } of graphemes.segment(piece.text)) {
    const width = columnsOf(segment);
    if (part !== '' && columns + width > maxColumns) {
      parts.push(part);
      part = '';
      columns = 0;
    }
    part += segment;
    columns += width;
  }
  return spread(part === '' ? parts : [...parts, part], piece);
}

function spread(parts: readonly string[], { text, startMs, endMs }: TimedPiece) {
  const msPerCharacter = (endMs - startMs) / Math.max(1, text.length);
  let passed = 0;
  return parts.map((part): TimedPiece => {
    const from = startMs + passed * msPerCharacter;
    passed += part.length;
    return { text: part, startMs: from, endMs: startMs + passed * msPerCharacter };
  });
}
