import type { ModelFamily, WireServerMessage, WireTurn, WireWord } from '../../protocol/index.ts';
import type { HeardWord } from '../recognizer.ts';
import { formatWords } from './final-text.ts';
import type { SessionSettings } from './session-settings.ts';
import { WordClock } from './word-clock.ts';

type Style = Pick<SessionSettings, 'model' | 'partials' | 'finals'>;

/** Writes what the recognizer heard as the messages that the model's family would send. */
export class TurnWriter {
  readonly #clock = new WordClock();
  #order = 0;
  #stage: 'between' | 'begun' = 'between';

  partial(words: readonly string[], heardMs: number, style: Style): readonly WireServerMessage[] {
    const heard = this.#clock.stamp(words, heardMs);
    const first = heard[0];
    if (!first) return [];
    const messages: WireServerMessage[] = [];
    if (this.#stage === 'between' && style.model.family === 'pro') {
      const { startMs, confidence } = first;
      messages.push({ type: 'SpeechStarted', timestamp: startMs, confidence });
    }
    this.#stage = 'begun';
    if (style.partials === 'sent') messages.push(this.#partialTurn(heard, style.model.family));
    return messages;
  }

  final(words: readonly HeardWord[], style: Style): readonly WireServerMessage[] {
    this.#clock.finish(words.at(-1)?.endMs ?? 0);
    // A preview that came to nothing is closed by an empty final; otherwise nobody saw anything.
    if (words.length === 0 && this.#stage === 'between') return [];
    this.#stage = 'between';
    const plain = this.#finalTurn(words, 'plain');
    const formatted = this.#finalTurn(words, 'formatted');
    this.#order += 1;
    if (style.model.family === 'pro') return [formatted];
    // The order the vendor's documents describe since 2026-03-20: both copies, same turn_order.
    return style.finals === 'formatted' && words.length > 0 ? [plain, formatted] : [plain];
  }

  /** US models add an empty final when a session is terminated (seen live, 2026-09). */
  closing(family: ModelFamily): readonly WireServerMessage[] {
    return family === 'pro' ? [] : [this.#finalTurn([], 'plain')];
  }

  #partialTurn(words: readonly HeardWord[], family: ModelFamily): WireTurn {
    const texts = words.map(({ text }) => text);
    const shown = family === 'pro' ? formatWords(texts, 'open') : texts;
    return {
      turn_order: this.#order,
      end_of_turn: false,
      turn_is_formatted: family === 'pro',
      end_of_turn_confidence: 0,
      // US models put finalized words only here, and none is before the end.
      transcript: family === 'pro' ? shown.join(' ') : '',
      utterance: '',
      words: wireWords(words, { shown, state: 'open' }),
      type: 'Turn',
    };
  }

  #finalTurn(words: readonly HeardWord[], finals: Style['finals']): WireTurn {
    const texts = words.map(({ text }) => text);
    const shown = finals === 'formatted' ? formatWords(texts, 'closed') : texts;
    const transcript = shown.join(' ');
    return {
      turn_order: this.#order,
      end_of_turn: true,
      turn_is_formatted: finals === 'formatted',
      end_of_turn_confidence: 1,
      transcript,
      utterance: transcript,
      words: wireWords(words, { shown, state: 'final' }),
      type: 'Turn',
    };
  }
}

function wireWords(
  words: readonly HeardWord[],
  { shown, state }: { readonly shown: readonly string[]; readonly state: 'open' | 'final' },
): readonly WireWord[] {
  return words.map(({ startMs, endMs, confidence }, index) => ({
    text: shown[index] ?? '',
    start: startMs,
    end: endMs,
    confidence,
    word_is_final: state === 'final',
  }));
}
