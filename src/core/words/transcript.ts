import type { SessionWord, Turn } from '../assemblyai/messages.ts';
import type { ModelFamily } from '../assemblyai/models.ts';
import type { DictationEvent, Word } from '../events.ts';
import { noticeWords, type WordsSeen } from './new-words.ts';
import { finalText, previewText } from './turns.ts';

export interface TranscriptPorts {
  readonly family: ModelFamily;
  readonly sessionId: string;
  /** Number the next final gets. */
  nextTurn(): number;
  /** Audio sent so far, for turns without word times. */
  sentMs(): number;
  onWords(endMs: number | undefined): void;
  onRefined(endMs: number): void;
  /** A turn is being spoken whose words so far lie there, where they carry times. */
  onOpened(words: TimeSpan | undefined): void;
  /** Words heard that no final will hold. */
  onLeft(text: string): void;
  /** A final was told, and this is its last word, where its words carry times. */
  onCommitted(last: Word | undefined): void;
  emit(event: DictationEvent): void;
}

/** Milliseconds of the dictation's audio. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

export type ToDictationMs = (sessionMs: number) => number;

/**
 * One session's turns in the dictation's own numbers and times. `toDictationMs` turns a time of the
 * session's audio into one of the dictation's.
 */
export class Transcript {
  readonly #ports: TranscriptPorts;
  #seen: WordsSeen | undefined;

  constructor(ports: TranscriptPorts) {
    this.#ports = ports;
  }

  /** Every Turn as it comes, for the silence rule. */
  notice(turn: Turn, toDictationMs: ToDictationMs): void {
    const { seen, heard } = noticeWords(this.#seen, turn);
    this.#seen = seen;
    const { onWords, onRefined } = this.#ports;
    if (heard.kind === 'refined') onRefined(toDictationMs(heard.endMs));
    if (heard.kind === 'new-words') {
      onWords(heard.endMs === undefined ? undefined : toDictationMs(heard.endMs));
    }
  }

  preview(turn: Turn, toDictationMs: ToDictationMs): void {
    const { family, nextTurn, onOpened, emit } = this.#ports;
    const [first, last] = [turn.words[0], turn.words.at(-1)];
    onOpened(
      first && last && { startMs: toDictationMs(first.startMs), endMs: toDictationMs(last.endMs) },
    );
    emit({ type: 'partial', turn: nextTurn(), text: previewText(turn, family) });
  }

  deliver(turn: Turn, toDictationMs: ToDictationMs): void {
    const { sessionId, nextTurn, sentMs, onCommitted, emit } = this.#ports;
    const words = turn.words.map((word) => moved(word, toDictationMs));
    emit({
      type: 'final',
      turn: nextTurn(),
      text: finalText(turn),
      startMs: words[0]?.startMs ?? sentMs(),
      endMs: words.at(-1)?.endMs ?? sentMs(),
      words,
      sessionId,
    });
    onCommitted(words.at(-1));
  }

  leave(turn: Turn): void {
    this.#ports.onLeft(finalText(turn));
  }
}

function moved(word: SessionWord, toDictationMs: ToDictationMs): Word {
  return { ...word, startMs: toDictationMs(word.startMs), endMs: toDictationMs(word.endMs) };
}
