import { cleanText, DictationError, type DictationEvent } from '../../core/index.ts';
import {
  copyText,
  type Environment,
  openTmuxPane,
  openTypist,
  type Typist,
} from '../../host/index.ts';
import {
  heedFinal,
  joinPhrase,
  maySend,
  type Sending,
  type StoppedBy,
  writeNames,
} from '../../text/index.ts';
import type { DictateArguments, Target } from '../arguments.ts';
import type { Speech } from '../output/format.ts';

type DeliveryArguments = Pick<DictateArguments, 'target' | 'submit' | 'clipboard' | 'layout'>;

/** Takes finished phrases to where the person works, besides the output. */
export interface Delivery {
  /** The event without the words that ask to send, which are for Lull and nobody else. */
  heed(event: DictationEvent): DictationEvent;
  /** An event as it is told. */
  onEvent(event: DictationEvent): void;
  hangUp(): 'stops' | 'sends';
  onKeepListening(): void;
  /** Waits for what is on the way; then the clipboard, and Enter where it was asked for. */
  finish(stoppedBy: StoppedBy): Promise<void>;
}

export interface DeliveryOptions {
  readonly env: Environment;
  readonly speech: Speech;
  /** Those that may be named: "at file user service" is `@src/user-service.ts`. */
  readonly files: readonly string[];
  /** A line for people. */
  say(line: string): void;
  /** Hands text to the terminal's own clipboard; false where there is no terminal. */
  copyThroughTerminal(text: string): boolean;
}

/** @throws DictationError `invalid-option` where there is no such pane */
export async function openTarget(
  target: Target | undefined,
  env: Environment,
): Promise<Typist | undefined> {
  const search = { env, platform: process.platform };
  if (target === undefined) return undefined;
  if (target.kind === 'focused-window') return openTypist(search);
  const pane = await openTmuxPane(target.pane, search);
  if (pane !== undefined) return pane;
  const message = `--to finds no tmux pane ${cleanText(target.pane)}; tmux list-panes -a shows those there are`;
  throw new DictationError('invalid-option', message);
}

export function createDelivery(
  { target, submit, clipboard, layout }: DeliveryArguments,
  typist: Typist | undefined,
  { env, speech, files, say, copyThroughTerminal }: DeliveryOptions,
): Delivery {
  const search = { env, platform: process.platform };
  const texts: string[] = [];
  let sending: Sending = { kind: 'off' };
  let end: Extract<DictationEvent, { type: 'end' }> | undefined;
  let before = '';
  let untyped = '';
  let queue = Promise.resolve();

  const copy = async (text: string): Promise<string | undefined> =>
    (await copyText(text, search)) ?? (copyThroughTerminal(text) ? 'the terminal' : undefined);

  /** What was typed cannot be taken back, so a phrase only adds to it. */
  const joined = (text: string, reader: Typist['reader'] | undefined): string => {
    const where = reader === 'shell' ? 'terminal' : 'chat';
    const { text: phrase } = writeNames(text, { target: where, symbols: [], files });
    const place = { left: before, right: '', target: where } as const;
    const { text: added } = joinPhrase({ ...speech, ...place, phrase });
    before += added;
    return added;
  };

  const type = async (phrase: string): Promise<void> => {
    if (untyped === '' && typist !== undefined && (await typist.type(phrase))) return;
    const isFirst = untyped === '';
    untyped += phrase;
    const copied = await copy(untyped.trimStart());
    if (isFirst) say(untypedNotice(target, copied));
  };

  return {
    heed(event) {
      if (event.type !== 'final') return event;
      const heard = heedFinal(submit, { sending, final: event });
      sending = heard.sending;
      return heard.final;
    },
    onEvent(event) {
      if (event.type === 'end') end = event;
      if (event.type !== 'final' || event.text === '') return;
      texts.push(event.text);
      if (target !== undefined) {
        const phrase = joined(cleanText(event.text), typist?.reader);
        queue = queue.then(() => type(phrase));
      }
    },
    hangUp: () => (sending.kind === 'on' ? 'sends' : 'stops'),
    onKeepListening() {
      sending = { kind: 'off' };
    },
    async finish(stoppedBy) {
      await queue;
      if (clipboard === 'whole-text' && texts.length > 0) {
        const whole = texts
          .map((line) => cleanText(line))
          .join(layout === 'paragraph' ? ' ' : '\n');
        const copied = await copy(whole);
        say(
          copied === undefined
            ? 'lull: The text could not be copied; install wl-clipboard, xclip or xsel'
            : `Copied with ${copied}`,
        );
      }
      const mayPress = end !== undefined && untyped === '' && maySend(sending, end, stoppedBy);
      if (mayPress && typist !== undefined && !(await typist.pressEnter())) {
        say('lull: Enter could not be pressed; the words are there, press it yourself');
      }
    },
  };
}

function untypedNotice(target: Target | undefined, copied: string | undefined): string {
  const why =
    target?.kind === 'tmux'
      ? 'The tmux pane takes no more words'
      : 'No program here can type into the window; install wtype or dotool on Wayland, xdotool on X11';
  return copied === undefined
    ? `lull: ${why}; the words are only in the output`
    : `lull: ${why}; the words are on the clipboard instead, ready to paste`;
}
