import type { SessionWord, Turn } from '../assemblyai/messages.ts';
import type { ModelFamily } from '../assemblyai/models.ts';
import type { DictationEvent, Word } from '../events.ts';
import { noticeWords, type WordsSeen } from '../silence/new-words.ts';
import { finalText, previewText } from '../turns/turns.ts';

export interface TranscriptPorts {
  readonly family: ModelFamily;
  readonly sessionId: string;
  /** Where this session's audio begins in the dictation, in milliseconds. */
  readonly originMs: number;
  /** Number the next final gets. */
  nextTurn(): number;
  /** Audio sent so far, for turns without word times. */
  sentMs(): number;
  onWords(endMs: number | undefined): void;
  onRefined(endMs: number): void;
  emit(event: DictationEvent): void;
}

/** One session's turns in the dictation's own numbers and times. */
export class Transcript {
  readonly #ports: TranscriptPorts;
  #seen: WordsSeen | undefined;

  constructor(ports: TranscriptPorts) {
    this.#ports = ports;
  }

  /** Every Turn as it comes, for the silence rule. */
  notice(turn: Turn): void {
    const { seen, heard } = noticeWords(this.#seen, turn);
    this.#seen = seen;
    const { originMs, onWords, onRefined } = this.#ports;
    if (heard.kind === 'refined') onRefined(originMs + heard.endMs);
    if (heard.kind === 'new-words') {
      onWords(heard.endMs === undefined ? undefined : originMs + heard.endMs);
    }
  }

  preview(turn: Turn): void {
    const { family, nextTurn, emit } = this.#ports;
    emit({ kind: 'partial', turn: nextTurn(), text: previewText(turn, family) });
  }

  deliver(turn: Turn): void {
    const { originMs, sessionId, nextTurn, sentMs, emit } = this.#ports;
    const words = turn.words.map((word) => moved(word, originMs));
    emit({
      kind: 'final',
      turn: nextTurn(),
      text: finalText(turn),
      startMs: words[0]?.startMs ?? sentMs(),
      endMs: words.at(-1)?.endMs ?? sentMs(),
      words,
      sessionId,
    });
  }
}

function moved(word: SessionWord, byMs: number): Word {
  return { ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs };
}
