import { CancellationTokenSource, commands, l10n, window } from 'vscode';
import {
  chosenEndpoint,
  type DictationEvent,
  type DictationTrace,
  type Progress,
  progressAfter,
} from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';
import { readSettings } from '../settings/settings.ts';
import { chooseTarget, openNewDocument, type Place } from '../typing/choose-target.ts';
import type { Speech } from '../typing/compose.ts';
import type { Target } from '../typing/target.ts';
import { asFailure } from '../window/failure.ts';
import { tellError, Unplaced, Warnings } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';
import { Endings } from './endings.ts';
import { HoldKey } from './hold-key.ts';
import { decide, prepare } from './preparation.ts';
import { Run } from './run.ts';
import { askWhoRecognizes, setUp } from './who-recognizes.ts';

/** How long the window may stay open for the last words. VS Code allows five seconds. */
const CLOSE_LIMIT_MS = 3_500;

/** How a dictation was asked for. */
export interface Start {
  readonly place?: Place;
  readonly by: 'key' | 'command';
}

type State =
  | { readonly kind: 'idle' }
  /** The person is asked something. Nothing waits for the answer: another start asks anew. */
  | { readonly kind: 'asking'; readonly questions: CancellationTokenSource }
  | { readonly kind: 'preparing'; readonly change: AbortController }
  | { readonly kind: 'running'; readonly run: Run };

/** One dictation at a time, and what the person wants of it. */
export class Controller {
  readonly #shell: Shell;
  readonly #unplaced = new Unplaced();
  readonly #endings: Endings;
  readonly #holdKey: HoldKey;
  #state: State = { kind: 'idle' };
  #status: Progress = { kind: 'idle' };
  #starts = 0;
  /** Kept after the dictation, so that its last phrase can still be taken back. */
  #target: Target | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#endings = new Endings(shell);
    this.#holdKey = new HoldKey(shell.clock, {
      onPress: () => this.stop(),
      onHeld: () => this.keepListening(),
      onRelease: () => this.stop(),
    });
    shell.context.subscriptions.push(shell.keys.onChange(() => void this.#keyChanged()));
  }

  /** Resolves when the dictation is over, or did not begin. */
  async start({ place, by }: Start): Promise<void> {
    if (this.#state.kind === 'asking') {
      if (by === 'key' && this.#holdKey.repeats()) return;
      this.#state.questions.cancel();
    } else if (this.#state.kind !== 'idle') {
      if (by === 'key') this.#pressedAgain();
      return;
    }
    if (by === 'key') this.#holdKey.first();
    this.#starts += 1;
    const own = this.#starts;
    const isWanted = () => this.#starts === own;
    const questions = new CancellationTokenSource();
    this.#state = { kind: 'asking', questions };
    try {
      const target = this.#findTarget(place);
      if (target === 'nowhere') return;
      if (place === undefined && target?.name !== undefined) {
        // Where the focus was is a guess then, and a wrong one should be seen before it is heard.
        this.#endings.say(l10n.t('Lull types into the terminal {0}', plainLabel(target.name)));
      }
      const decision = await decide(this.#shell, questions.token);
      if (decision && isWanted()) await this.#dictate(target, decision);
      else target?.dispose();
    } catch (thrown) {
      const error = asFailure(thrown);
      this.#shell.log.error(`${error.message} (${error.code})`, error.cause ?? '');
      this.#show({ kind: 'problem', error });
      void tellError(error);
    } finally {
      questions.dispose();
      if (isWanted()) await this.#leave();
    }
  }

  stop(by: Parameters<Run['stop']>[0] = 'person'): void {
    if (this.#state.kind === 'asking') this.#state.questions.cancel();
    if (this.#state.kind === 'preparing') this.#state.change.abort();
    if (this.#state.kind === 'running') this.#state.run.stop(by);
  }

  async toggle(start: Start): Promise<void> {
    if (this.#state.kind === 'idle' || this.#state.kind === 'asking') await this.start(start);
    else if (start.by === 'key') this.#pressedAgain();
    else this.stop();
  }

  cancel(): void {
    if (this.#state.kind === 'running') this.#state.run.cancel();
    else this.stop();
  }

  keepListening(): void {
    if (this.#state.kind === 'running') this.#state.run.keepListening();
  }

  async undoLastPhrase(): Promise<void> {
    const answer = (await this.#target?.undoLast()) ?? 'nothing-inserted';
    if (answer === 'undone') return;
    const sentence =
      answer === 'changed-since'
        ? l10n.t('Lull: The last phrase was changed since and stays as it is')
        : l10n.t('Lull: There is no phrase to take back');
    this.#endings.say(sentence);
  }

  async chooseEngine(): Promise<void> {
    const who = await askWhoRecognizes(this.#shell.localEngine);
    if (await setUp(who)) this.#forgetProblem();
  }

  /** Ends the dictation with the window, as properly as the time allows. */
  async close(): Promise<void> {
    this.stop('signal');
    if (this.#state.kind !== 'running') return;
    const { run } = this.#state;
    const cancel = this.#shell.clock.schedule(CLOSE_LIMIT_MS, () => run.cancel());
    await run.finished;
    cancel();
    await this.#shell.otherWindows.leave();
  }

  /** Nothing where the person was nowhere yet; `nowhere` where they are and it takes no words. */
  #findTarget(place: Place | undefined): Target | 'nowhere' | undefined {
    if (place !== 'box') {
      const { ghost, clock, names, lastPlace } = this.#shell;
      return chooseTarget(place, { ghost, clock, names, speech: speech() }, lastPlace.place);
    }
    const sentence = l10n.t(
      'Lull: Words cannot be typed into this box; put the cursor in an editor, a terminal, a chat or a commit message',
    );
    void window.showInformationMessage(sentence);
    return 'nowhere';
  }

  async #dictate(
    found: Target | undefined,
    decision: Parameters<typeof prepare>[1],
  ): Promise<void> {
    const target = found ?? (await openNewDocument({ ...this.#shell, speech: speech() }));
    this.#target?.dispose();
    this.#target = target;
    const change = new AbortController();
    this.#state = { kind: 'preparing', change };
    this.#show({ kind: 'connecting' });
    const preparation = await prepare(this.#shell, decision);
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
      onEvent: (event) => this.#onEvent(event, preparation.chosen.soundCues),
      undoLastPhrase: () => this.undoLastPhrase(),
      onFirstTyped: () => void commands.executeCommand('setContext', 'lull.hasPhrase', true),
    });
    this.#state = { kind: 'running', run };
    void commands.executeCommand('setContext', 'lull.listening', true);
    void commands.executeCommand('setContext', 'lull.canRecognize', true);
    const others = await this.#shell.otherWindows.enter(preparation.budget.usdPerHour);
    if (others === 'not-alone') this.#warnOfOthers();
    const end = await run.finished;
    this.#endings.tell(end, { settings: preparation.settings, wish: run.wish, kept: run.kept });
    // A disk that is full or read-only is no reason not to say how it ended.
    await this.#shell.usage.add(end).catch((error) => this.#shell.log.error(String(error)));
  }

  async #leave(): Promise<void> {
    this.#state = { kind: 'idle' };
    this.#holdKey.reset();
    void commands.executeCommand('setContext', 'lull.listening', false);
    await this.#shell.otherWindows.leave();
  }

  #onEvent(event: DictationEvent | DictationTrace, soundCues: 'on' | 'off'): void {
    this.#endings.hear(event, soundCues);
    this.#show(progressAfter(this.#status, event, this.#shell.clock.now()));
  }

  #show(status: Progress): void {
    const was = this.#status.kind;
    this.#status = status;
    this.#shell.statusBar.show(
      status,
      this.#state.kind === 'running' ? this.#state.run.hangUp : 'stops',
    );
    if (was === status.kind) return;
    const isCounting = status.kind === 'counting-down';
    if (isCounting || was === 'counting-down') {
      void commands.executeCommand('setContext', 'lull.countingDown', isCounting);
    }
  }

  #pressedAgain(): void {
    if (readSettings().holdToTalk === 'on') this.#holdKey.again();
    else if (this.#state.kind === 'running') this.stop();
  }

  #warnOfOthers(): void {
    void window.showWarningMessage(
      l10n.t('Lull: Another window is dictating too, and each session is billed separately'),
    );
  }

  /** What was wrong has been seen to. */
  #forgetProblem(): void {
    if (this.#status.kind === 'problem') this.#show({ kind: 'idle' });
  }

  /** The session that is open was paid for by the old key; no word of the new one is spoken on it. */
  async #keyChanged(): Promise<void> {
    const hasKey = (await this.#shell.keys.find(chosenEndpoint(readSettings()))) !== undefined;
    await commands.executeCommand('setContext', 'lull.canRecognize', hasKey);
    this.#forgetProblem();
    if (this.#state.kind === 'running' && this.#state.run.usesKey) this.stop('signal');
  }
}

function speech(): Speech {
  const { keyterms = [], languages = [] } = readSettings().options;
  return { keyterms, language: languages[0] };
}
