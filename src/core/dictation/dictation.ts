import { FRAME_MS } from '../audio/backlog.ts';
import { Capture } from '../audio/capture.ts';
import { Feed } from '../audio/feed.ts';
import { asDictationError, type DictationError } from '../errors.ts';
import type { DictationEvent, EndReason } from '../events.ts';
import { type DictationRequest, isHeardAtOnce } from '../request.ts';
import type { SessionSummary, SessionsNews } from '../sessions/news.ts';
import type { LostSession } from '../sessions/reconnect.ts';
import { Sessions } from '../sessions/sessions.ts';
import { Countdown } from '../silence/countdown.ts';
import {
  type DictationCommand,
  type DictationInput,
  type DictationState,
  FIRST_STATE,
  stepDictation,
} from './dictation-step.ts';
import { ListeningPlace } from './listening-place.ts';
import { type End, Outcome } from './outcome.ts';
import { watchForWake } from './wake-watch.ts';

/** How a dictation ended; `error` where it failed. */
export interface DictationEnd extends Omit<End, 'type'> {
  readonly error?: DictationError;
}

/** A stop waits this long for a session that has not begun, or a recorder that does not end. */
const STOP_LIMIT_MS = 5_000;
/** And this long for everything that follows it. */
const PERSON_LIMIT_MS = 10_000;
const RECORDING_LIMIT_MS = 30_000;
/** Sound this long after the last committed word may be a word that was not. */
const UNSAID_MS = 300;
/** And where words are missing for certain, sound as short as a short one is. */
const UNSAID_AFTER_LOSS_MS = 100;

const NEVER_OPENED = { reached: 'nothing', livedMs: 0, finals: 0 } as const;

/** One dictation, from the first sample to the last word. It starts at once and ends by itself. */
export class RunningDictation {
  /** Settles once, after the `end` event; never rejects. */
  readonly ended: Promise<DictationEnd>;
  readonly #request: DictationRequest;
  readonly #outcome: Outcome;
  readonly #capture: Capture;
  readonly #feed: Feed;
  readonly #sessions: Sessions;
  readonly #countdown: Countdown;
  readonly #place: ListeningPlace;
  #settle: (end: DictationEnd) => void = () => {};
  #state: DictationState = FIRST_STATE;
  #hasSamples = false;
  readonly #cancels = new Map<'wake' | 'stop' | 'end' | 'retry', () => void>();

  constructor(asked: DictationRequest) {
    const request = { ...asked };
    this.#request = request;
    const { clock, settings, source } = request;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#outcome = new Outcome(request);
    this.#place = new ListeningPlace({ clock, sound: source.kind, onTrace: request.onTrace });
    this.#capture = new Capture(source, clock, {
      onFrame: () => this.#feed.supplied(),
      onSamples: () => {
        this.#emit({ type: 'listening', engine: request.engine, device: source.name });
        this.#samplesCame();
      },
      onZeros: () => this.#samplesCame(),
      onEnd: (ending) =>
        this.#take(
          ending.kind === 'ended'
            ? { kind: 'audio-ended' }
            : { kind: 'audio-failed', error: ending.error, captured: this.#captured },
        ),
      onWarning: (code, message) => this.#emit({ type: 'warning', code, message }),
    });
    this.#feed = new Feed({
      clock,
      backlog: this.#capture.backlog,
      pace: isHeardAtOnce(request) ? 'as-taken' : 'real-time',
      stalls: request.engine === 'local' ? 'waited-for' : 'given-up',
      onWaiting: (frames) => {
        this.#capture.balance(frames);
        // The engine on this machine is sent a recording long before it has listened to it.
        if (request.engine !== 'local') this.#place.heard(() => this.#sessions.listenedMs);
      },
      onSkipped: (frames) => {
        this.#sessions.skipped(frames);
        this.#outcome.drop(frames * FRAME_MS);
      },
      onEmpty: () => this.#take({ kind: 'all-sent' }),
      onStalled: () => this.#sessions.stalled(),
    });
    this.#sessions = new Sessions({
      request,
      feed: this.#feed,
      backlog: this.#capture.backlog,
      lastVoiceMs: () => this.#capture.lastVoiceMs,
      onNews: (news) => this.#hear(news),
    });
    this.#countdown = new Countdown({
      clock,
      limits: settings,
      audioMs: () => this.#sessions.listenedMs,
      sinceVoiceMs: () => this.#capture.voice.sinceVoiceMs(clock.now()),
      onCountdown: (remainingMs, reason) =>
        this.#emit({ type: 'countdown', remainingMs: Math.round(remainingMs), reason }),
      onCleared: () => this.#emit({ type: 'countdown-cleared' }),
      onDue: (reason) => {
        const deaf = this.#capture.deafness;
        const captured = this.#captured;
        this.#take({ kind: 'limit-reached', reason, captured, ...(deaf ? { deaf } : {}) });
      },
    });
    const stopWatching = watchForWake(clock, () => this.stop('suspended'));
    this.#cancels.set('wake', stopWatching);
    this.#sessions.open();
    this.#capture.start();
  }

  /** Ends the dictation after the last words. Later reasons change nothing. */
  stop(reason: Exclude<EndReason, 'error'>): void {
    this.#take({ kind: 'stop', cause: { reason }, captured: this.#captured });
  }

  /** Ends within a second; words still on their way are lost. */
  abort(): void {
    this.#take({ kind: 'abort' });
  }

  /** Starts the count of silence over. */
  keepListening(): void {
    this.#countdown.keepListening();
  }

  expect(keyterms: readonly string[]): void {
    this.#sessions.expect(keyterms);
  }

  get #captured(): 'sound' | 'nothing' {
    return this.#capture.voice.hasHeardSound ? 'sound' : 'nothing';
  }

  /** Whether silence means something: audio flows into a session, and nobody stopped. */
  get #isListening(): boolean {
    return this.#state.kind === 'running' && this.#state.link === 'live';
  }

  #samplesCame(): void {
    if (this.#hasSamples) return;
    this.#hasSamples = true;
    if (this.#isListening) this.#countdown.sessionOpened();
  }

  #hear(news: SessionsNews): void {
    const outcome = this.#outcome;
    switch (news.kind) {
      case 'connecting':
        this.#request.onTrace({ type: 'connecting', endpoint: news.endpoint });
        break;
      case 'begun':
        for (const event of outcome.begun(news.begin)) this.#emit(event);
        break;
      case 'leading':
        this.#place.sessionLeads();
        this.#take({ kind: 'session-leads' });
        this.#tellDropped();
        if (this.#hasSamples && this.#isListening) this.#countdown.sessionOpened();
        break;
      case 'speech':
        this.#countdown.heardWords(news.endMs);
        break;
      case 'speech-refined':
        this.#countdown.refineEnd(news.endMs);
        break;
      case 'partial':
        this.#countdown.heardPartial();
        this.#emit({ type: 'partial', turn: outcome.turn, text: news.text });
        break;
      case 'final':
        this.#emit(outcome.number(news));
        break;
      case 'left':
        outcome.leaveUnsaved(news.text);
        break;
      case 'decoded':
        this.#place.behind(news.behindMs);
        this.#place.heard(() => this.#sessions.listenedMs);
        break;
      case 'warning':
        this.#emit({ type: 'warning', code: news.code, message: news.message });
        break;
      case 'set-aside':
        this.#request.onTrace({ type: 'frame-set-aside', flaw: news.flaw });
        break;
      case 'billed':
        this.#request.onTrace(outcome.addSession(news.summary));
        break;
      case 'over':
        if (news.pending) outcome.setPending(news.pending);
        this.#sessionOver(news.last);
        break;
      case 'no-access':
        this.#lost({ fault: { kind: 'no-access', error: news.error }, ...NEVER_OPENED });
        break;
      default:
        news satisfies never;
    }
  }

  #sessionOver(last: SessionSummary | undefined): void {
    if (last?.fault) {
      const { fault, reached, livedMs, finals } = last;
      this.#lost({ fault, reached, livedMs, finals });
    } else {
      const lastWords = last?.ending === 'terminated' ? 'told' : 'unknown';
      this.#take({ kind: 'session-over', lastWords });
    }
  }

  #lost(lost: Omit<LostSession, 'unsaid'>): void {
    const { clock, chance, settings } = this.#request;
    const unsaidMs = this.#capture.lastVoiceMs - this.#sessions.committedMs;
    this.#take({
      kind: 'session-lost',
      lost: { ...lost, unsaid: unsaidMs > UNSAID_MS ? 'sound' : 'nothing' },
      moment: {
        nowMs: clock.now(),
        chance: chance(),
        sinceTerminateMs: this.#sessions.sinceTerminateMs,
        noSpeechMs: settings.noSpeechMs,
        roomMs: this.#sessions.roomMs,
      },
    });
  }

  #take(input: DictationInput): void {
    const { state, commands } = stepDictation(this.#state, input);
    this.#state = state;
    for (const command of commands) this.#do(command);
  }

  #do(command: DictationCommand): void {
    switch (command.kind) {
      case 'tell-stopping':
        this.#request.onTrace({ type: 'stopping', reason: command.cause.reason });
        this.#countdown.stop();
        break;
      case 'open-session':
        this.#sessions.open();
        break;
      case 'hold-audio':
        this.#feed.detach();
        this.#countdown.sessionClosed();
        break;
      case 'retry': {
        const { attempt, delayMs, fault } = command;
        const ending = fault.kind === 'socket' ? fault.ending : undefined;
        const code = ending?.kind === 'closed' ? ending.code : 0;
        this.#emit({ type: 'reconnecting', attempt, delayMs, code });
        this.#schedule('retry', delayMs, { kind: 'retry-due' });
        break;
      }
      case 'limit-stop':
        this.#schedule('stop', STOP_LIMIT_MS, { kind: 'stop-overdue' });
        break;
      case 'limit-end':
        // What costs nothing is waited for: a slow machine ends later and loses nothing.
        if (this.#request.engine === 'local') break;
        this.#schedule('end', this.#patienceMs(command.who), { kind: 'end-overdue' });
        break;
      case 'stop-audio':
        this.#capture.stop();
        break;
      case 'finish-feed':
        this.#capture.abort();
        this.#feed.finish();
        break;
      case 'terminate':
        this.#sessions.terminate();
        break;
      case 'abort-session':
        this.#sessions.abort();
        break;
      case 'tell-unheard':
        this.#outcome.drop(this.#unheardMs);
        break;
      case 'finish':
        this.#finish(command);
        break;
      default:
        command satisfies never;
    }
  }

  /** Speech that never became text. */
  get #unheardMs(): number {
    const isCertain = this.#outcome.hasPending;
    const saidMs = isCertain ? this.#capture.lastSoundMs : this.#capture.lastVoiceMs;
    const unheardMs = saidMs - this.#sessions.toldMs;
    return unheardMs > (isCertain ? UNSAID_AFTER_LOSS_MS : UNSAID_MS) ? unheardMs : 0;
  }

  /** A recording is patient for as long as what is still to be sent of it lasts, and a while. */
  #patienceMs(who: 'person' | 'recording'): number {
    if (who === 'person') return PERSON_LIMIT_MS;
    const isLive = 'link' in this.#state && this.#state.link === 'live';
    const fromMs = isLive ? this.#feed.next * FRAME_MS : this.#sessions.committedMs;
    return this.#capture.backlog.end * FRAME_MS - fromMs + RECORDING_LIMIT_MS;
  }

  #schedule(timer: 'stop' | 'end' | 'retry', delayMs: number, input: DictationInput): void {
    this.#cancels.get(timer)?.();
    const cancel = this.#request.clock.schedule(delayMs, () => this.#take(input));
    this.#cancels.set(timer, cancel);
  }

  #finish({ cause, words }: Extract<DictationCommand, { kind: 'finish' }>): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#countdown.stop();
    this.#feed.detach();
    this.#capture.abort();
    this.#sessions.abort();
    if (words === 'wanted') this.#tellDropped();
    const { end, error } = this.#outcome.endBy(cause, words);
    if (error) this.#emit({ type: 'error', code: error.code, message: error.message });
    this.#emit(end);
    const { type: _, ...facts } = end;
    this.#settle(error ? { ...facts, error } : facts);
  }

  #tellDropped(): void {
    const warning = this.#outcome.tellDropped();
    if (warning) this.#emit(warning);
  }

  /** A listener that throws ends the dictation, but not before the service is told. */
  #emit(event: DictationEvent): void {
    try {
      this.#request.onEvent(event);
    } catch (thrown) {
      const cause = { reason: 'error', error: asDictationError(thrown) } as const;
      this.#take({ kind: 'stop', cause, captured: this.#captured });
    }
  }
}
