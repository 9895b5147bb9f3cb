import { commands, l10n, window } from 'vscode';
import type { DictationEvent } from '../../core/index.ts';
import { chooseTarget, type Place } from '../typing/choose-target.ts';
import type { Target } from '../typing/target.ts';
import { asFailure } from '../window/failure.ts';
import { tellError, Unplaced, Warnings } from '../window/notices.ts';
import { type Status, statusAfter } from '../window/status.ts';
import type { Shell } from '../window-services.ts';
import { prepare } from './preparation.ts';
import { Run } from './run.ts';

/** How long the window may stay open for the last words. VS Code allows five seconds. */
const CLOSE_LIMIT_MS = 3_500;

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly change: AbortController }
  | { readonly kind: 'running'; readonly run: Run };

/** One dictation at a time, and what the person wants of it. */
export class Controller {
  readonly #shell: Shell;
  readonly #unplaced = new Unplaced();
  #state: State = { kind: 'idle' };
  #status: Status = { kind: 'idle' };
  /** Kept after the dictation, so that its last phrase can still be taken back. */
  #target: Target | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
    shell.context.subscriptions.push(shell.keys.onChange(() => void this.#keyChanged()));
  }

  /** Resolves when the dictation is over, or did not begin. */
  async start(place?: Place): Promise<void> {
    if (this.#state.kind !== 'idle') return;
    const { ghost, clock } = this.#shell;
    const target = chooseTarget(place, { ghost, clock });
    if (!target) {
      void window.showInformationMessage(
        l10n.t('Lull: There is nowhere to type; open a file or a terminal first'),
      );
      return;
    }
    this.#target?.dispose();
    this.#target = target;
    try {
      await this.#dictate(target);
    } catch (thrown) {
      const error = asFailure(thrown);
      this.#shell.log.error(`${error.code}: ${error.message}`, error.cause ?? '');
      this.#show({ kind: 'problem', error });
      void tellError(error);
    } finally {
      this.#state = { kind: 'idle' };
      this.#setListening('no');
      await this.#shell.otherWindows.leave();
    }
  }

  stop(): void {
    if (this.#state.kind === 'preparing') this.#state.change.abort();
    if (this.#state.kind === 'running') this.#state.run.dictation.stop('user');
  }

  async toggle(place?: Place): Promise<void> {
    if (this.#state.kind === 'idle') await this.start(place);
    else this.stop();
  }

  cancel(): void {
    if (this.#state.kind === 'running') this.#state.run.cancel();
    else this.stop();
  }

  keepListening(): void {
    if (this.#state.kind === 'running') this.#state.run.dictation.keepListening();
  }

  async undoLastPhrase(): Promise<void> {
    const answer = (await this.#target?.undoLast()) ?? 'nothing-inserted';
    if (answer === 'undone') return;
    const sentence =
      answer === 'changed-since'
        ? l10n.t('Lull: The last phrase was changed since and stays as it is')
        : l10n.t('Lull: There is no phrase to take back');
    window.setStatusBarMessage(sentence, 4_000);
  }

  /** Ends the dictation with the window, as properly as the time allows. */
  async close(): Promise<void> {
    this.stop();
    if (this.#state.kind !== 'running') return;
    const { run } = this.#state;
    const cancel = this.#shell.clock.schedule(CLOSE_LIMIT_MS, () => run.cancel());
    await run.finished;
    cancel();
    await this.#shell.otherWindows.leave();
  }

  async #dictate(target: Target): Promise<void> {
    const change = new AbortController();
    this.#state = { kind: 'preparing', change };
    this.#show({ kind: 'connecting' });
    const preparation = await prepare(this.#shell);
    if (preparation === undefined) return this.#show({ kind: 'idle' });
    if (change.signal.aborted) {
      await preparation.service.close();
      return this.#show({ kind: 'idle' });
    }
    const run = new Run({
      shell: this.#shell,
      preparation,
      target,
      unplaced: this.#unplaced,
      warnings: new Warnings(),
      onEvent: (event) => this.#onEvent(event),
      undoLastPhrase: () => this.undoLastPhrase(),
      onFirstTyped: () => void commands.executeCommand('setContext', 'lull.hasPhrase', true),
    });
    this.#state = { kind: 'running', run };
    this.#setListening('yes');
    void commands.executeCommand('setContext', 'lull.canRecognize', true);
    await this.#warnOfOthers();
    const end = await run.finished;
    if (end.error) void tellError(end.error);
    if (end.reason === 'silence') {
      void commands.executeCommand('setContext', 'lull.hungUp', true);
    }
    await this.#shell.usage.add(end);
  }

  #onEvent(event: DictationEvent): void {
    this.#show(statusAfter(this.#status, event, this.#shell.clock.now()));
  }

  #show(status: Status): void {
    const was = this.#status.kind;
    this.#status = status;
    this.#shell.statusBar.show(status);
    if (was === status.kind) return;
    const isCounting = status.kind === 'counting-down';
    if (isCounting || was === 'counting-down') {
      void commands.executeCommand('setContext', 'lull.countingDown', isCounting);
    }
  }

  #setListening(state: 'yes' | 'no'): void {
    void commands.executeCommand('setContext', 'lull.listening', state === 'yes');
  }

  async #warnOfOthers(): Promise<void> {
    if ((await this.#shell.otherWindows.enter()) === 'alone') return;
    void window.showWarningMessage(
      l10n.t('Lull: Another window dictates as well, and each session is billed by itself'),
    );
  }

  /** The session that is open was paid for by the old key; no word of the new one is spoken on it. */
  async #keyChanged(): Promise<void> {
    const hasKey = (await this.#shell.keys.find()) !== undefined;
    await commands.executeCommand('setContext', 'lull.canRecognize', hasKey);
    if (this.#state.kind === 'running' && this.#state.run.usesKey) this.stop();
  }
}
