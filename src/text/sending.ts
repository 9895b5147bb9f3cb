import type { DictationEvent } from '../core/index.ts';

/** When Enter is pressed for the person, where the words went. */
export type SubmitMode = 'never' | 'phrase' | 'hang-up';

type Final = Extract<DictationEvent, { type: 'final' }>;
type End = Extract<DictationEvent, { type: 'end' }>;

/** Whether Enter is to be pressed when the dictation hangs up. */
export type Sending =
  | { readonly kind: 'off' }
  /** `phrase`: the words that asked for it, taken out of the text. */
  | { readonly kind: 'on'; readonly phrase?: string };

/** Who ended a dictation that ended by its person. */
export type StoppedBy = 'nobody' | 'person' | 'signal';

/** Pure: what a final says about sending, and the final without the words that say it. */
export function heedFinal(
  mode: SubmitMode,
  { sending, final }: { readonly sending: Sending; readonly final: Final },
): { readonly sending: Sending; readonly final: Final } {
  switch (mode) {
    case 'never':
      return { sending, final };
    case 'hang-up':
      return { sending: { kind: 'on' }, final };
    case 'phrase': {
      // Words that went on were no wish to send after all, so they come back.
      const phrase = sending.kind === 'on' ? sending.phrase : undefined;
      const whole = phrase === undefined ? final : { ...final, text: `${phrase} ${final.text}` };
      const text = withoutSendPhrase(whole.text);
      if (text === undefined) return { sending: { kind: 'off' }, final: whole };
      const taken = whole.text.slice(text.length).replace(/^[\s,;–—-]+/u, '');
      const words = final.words.slice(0, -2);
      return { sending: { kind: 'on', phrase: taken }, final: { ...whole, text, words } };
    }
    default:
      return mode satisfies never;
  }
}

/** Only an end that was wanted sends: never an error, a budget, a limit, or with words unsaved. */
export function maySend(
  sending: Sending,
  end: Pick<End, 'reason' | 'unsavedText'>,
  stoppedBy: StoppedBy,
): boolean {
  if (sending.kind === 'off' || end.unsavedText !== undefined) return false;
  switch (end.reason) {
    case 'silence':
    case 'audio-ended':
      return true;
    case 'user':
      return stoppedBy === 'person';
    default:
      return false;
  }
}

const SEND = /(?:^|[\s,;–—-]+)send it[.!]?$/iu;

/**
 * The phrase without the words that ask to send it; `undefined` where they are not its last.
 * Punctuation that ended what came before them stays.
 */
function withoutSendPhrase(phrase: string): string | undefined {
  const text = phrase.trimEnd();
  const found = SEND.exec(text);
  return found === null ? undefined : text.slice(0, found.index).trimEnd();
}
