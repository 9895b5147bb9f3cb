import { commands, l10n, window } from 'vscode';
import type {
  DictationEnd,
  DictationEvent,
  DictationSettings,
  DictationTrace,
} from '../../core/index.ts';
import { closingLine, seconds } from '../window/closing-line.ts';
import { tellError } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';

const SHOWN_MS = 10_000;

interface Circumstances {
  readonly settings: DictationSettings;
  readonly wish: 'kept' | 'cancelled';
  /** Whether words found no place and wait in the history. */
  readonly kept: 'words' | 'nothing';
}

/** Says what a dictation does and how it ended: quietly to the eye, and aloud to a screen reader. */
export class Endings {
  readonly #shell: Shell;
  #countdown: 'untold' | 'told' = 'untold';

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** What a screen reader is told of while it happens. */
  hear(event: DictationEvent | DictationTrace): void {
    const { announcer } = this.#shell;
    if (event.type === 'listening') announcer.say(l10n.t('Lull is listening'));
    if (event.type === 'final') announcer.say(event.text);
    if (event.type === 'countdown-cleared') this.#countdown = 'untold';
    if (event.type === 'countdown' && this.#countdown === 'untold') {
      this.#countdown = 'told';
      announcer.say(l10n.t('Lull stops in {0}', seconds(Math.ceil(event.remainingMs / 1_000))));
    }
  }

  /** One quiet line with the bill; a notification only where there is something to do. */
  tell(end: DictationEnd, { settings, wish, kept }: Circumstances): void {
    this.#countdown = 'untold';
    const line = closingLine(end, settings, wish);
    window.setStatusBarMessage(line, SHOWN_MS);
    if (end.reason === 'silence') void commands.executeCommand('setContext', 'lull.hungUp', true);
    if (end.error) void tellError(end.error, { kept });
    else if (end.reason === 'no-speech') void offerTest(line);
    else this.#shell.announcer.say(line);
  }

  /** A sentence of no consequence. */
  say(sentence: string): void {
    window.setStatusBarMessage(sentence, SHOWN_MS);
    this.#shell.announcer.say(sentence);
  }
}

async function offerTest(line: string): Promise<void> {
  const test = l10n.t('Test Microphone');
  const answer = await window.showInformationMessage(line, test);
  if (answer === test) await commands.executeCommand('lull.testMicrophone');
}
