import type { ServerMessage } from '../assemblyai/messages.ts';
import type { Backlog } from '../audio/backlog.ts';
import { FRAME_MS } from '../audio/framer.ts';
import type { DictationError } from '../errors.ts';
import type { DictationEvent } from '../events.ts';
import { Conversation, type ConversationPorts } from './conversation.ts';
import type { Feed } from './feed.ts';
import type { Outcome } from './outcome.ts';
import { Replay } from './replay.ts';
import { asDictationError, type DictationRequest } from './request.ts';
import { planRollOver } from './roll-over.ts';
import type { SessionSummary } from './session.ts';

export interface LinkPorts {
  readonly request: DictationRequest;
  readonly outcome: Outcome;
  readonly feed: Feed;
  readonly backlog: Backlog;
  onWords(endMs: number | undefined): void;
  onRefined(endMs: number): void;
  /** Whether nobody speaks at the moment. */
  isQuiet(): boolean;
  emit(event: DictationEvent): void;
  /** Audio flows into a session. */
  onBegan(): void;
  /** The session that audio flowed into is over, or there was none to abort. */
  onEnded(summary?: SessionSummary): void;
  /** No session could be asked for. */
  onFailed(error: DictationError): void;
}

type Role = 'current' | 'successor';

/** The dictation's tie to the service: the session of the moment, and the change to the next. */
export class Link {
  readonly #ports: LinkPorts;
  readonly #replay: Replay;
  #current: Conversation | undefined;
  /** Opened while the current one still listens, because that one is about to expire. */
  #successor: Conversation | undefined;
  /** Told to terminate; its last words come before the current one's. */
  #retiring: Conversation | undefined;
  #wanted: 'open' | 'closed' = 'open';
  #terminatedAtMs = Number.NEGATIVE_INFINITY;
  #cancelRollOver = () => {};

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    this.#replay = new Replay(ports.backlog);
  }

  /** Milliseconds of audio that have become text for good. */
  get committedMs(): number {
    return this.#replay.committedMs;
  }

  get sinceTerminateMs(): number {
    return this.#ports.request.clock.now() - this.#terminatedAtMs;
  }

  open(): void {
    this.#wanted = 'open';
    void this.#connect('current');
  }

  terminate(): void {
    this.#cancelRollOver();
    this.#successor?.session.abort();
    this.#terminatedAtMs = this.#ports.request.clock.now();
    this.#current?.session.terminate();
  }

  stalled(): void {
    this.#current?.session.giveUp({ kind: 'stalled' });
  }

  /** Ends every session within half a second; `onEnded` follows. */
  abort(): void {
    this.#cancelRollOver();
    this.#successor?.session.abort();
    this.#retiring?.session.abort();
    if (this.#current) {
      this.#current.session.abort();
    } else if (this.#wanted === 'open') {
      this.#wanted = 'closed';
      this.#ports.onEnded();
    }
  }

  /** Audio was left out, because more waited than is kept. */
  skipped(frames: number): void {
    this.#current?.skipped(frames * FRAME_MS);
  }

  async #connect(role: Role): Promise<void> {
    const { request, emit, onFailed } = this.#ports;
    try {
      const access = await request.access();
      if (this.#wanted === 'closed' || (role === 'successor' && !this.#current)) return;
      emit({ kind: 'connecting', endpoint: new URL(access.endpoint).host });
      const conversation: Conversation = new Conversation(access, {
        request,
        transcript: this.#transcriptPorts(),
        onBegan: (begin) => this.#began(conversation, begin),
        onSpeechStarted: () => this.#ports.onWords(undefined),
        onWarning: (message) => emit({ kind: 'warning', code: 'service-warning', message }),
        onEnded: (summary) => this.#ended(conversation, summary),
      });
      if (role === 'current') this.#current = conversation;
      else this.#successor = conversation;
    } catch (cause) {
      // A successor that cannot be had leaves the current session as it is.
      if (this.#wanted === 'open' && role === 'current') onFailed(asDictationError(cause));
    }
  }

  #began(conversation: Conversation, begin: Begin): void {
    this.#tellBegin(begin);
    if (conversation === this.#current) this.#lead(conversation, this.#nextFrame);
  }

  /** From here, the audio from frame `from` on goes to this session. */
  #lead(conversation: Conversation, from: number): void {
    const { feed, onBegan } = this.#ports;
    this.#cancelRollOver();
    const first = feed.seek(from);
    conversation.hearsFrom(first * FRAME_MS);
    this.#replay.sessionHearsFrom(first);
    this.#cancelRollOver = planRollOver(conversation.begin?.expiresAt, {
      clock: this.#ports.request.clock,
      onOpen: () => void this.#connect('successor'),
      isPause: () => conversation.session.isBetweenTurns && this.#ports.isQuiet(),
      isReady: () => this.#successor?.begin !== undefined,
      onChange: () => this.#changeOver(),
    });
    onBegan();
    feed.attach(conversation.session);
  }

  /** The successor hears what comes next; its words wait for the last ones of the old session. */
  #changeOver(): void {
    const [old, next] = [this.#current, this.#successor];
    if (!old || !next) return;
    this.#retiring = old;
    this.#current = next;
    this.#successor = undefined;
    next.hold();
    this.#lead(next, this.#ports.feed.next);
    this.#terminatedAtMs = this.#ports.request.clock.now();
    old.session.terminate();
  }

  #ended(conversation: Conversation, summary: SessionSummary): void {
    const { outcome, onEnded } = this.#ports;
    this.#tellEnd(summary);
    if (conversation === this.#successor) {
      this.#successor = undefined;
    } else if (conversation === this.#retiring) {
      this.#retiring = undefined;
      if (summary.unsaved) outcome.leaveUnsaved(summary.unsaved);
      this.#current?.release();
    } else if (this.#successor?.begin && summary.fault) {
      this.#current = this.#successor;
      this.#successor = undefined;
      this.#lead(this.#current, this.#nextFrame);
    } else {
      this.#cancelRollOver();
      this.#successor?.session.abort();
      this.#current = undefined;
      outcome.setPending(summary.unsaved);
      onEnded(summary);
    }
  }

  get #nextFrame(): number {
    return this.#replay.nextFrame(this.#ports.feed.next);
  }

  #transcriptPorts(): ConversationPorts['transcript'] {
    const { outcome, feed, onWords, onRefined, emit } = this.#ports;
    return {
      nextTurn: () => outcome.finals,
      sentMs: () => feed.sentMs,
      onWords,
      onRefined,
      onOpened: (startMs) => this.#replay.opened(startMs),
      onCommitted: (endMs) => {
        this.#replay.committed(endMs, feed.next * FRAME_MS);
        outcome.addFinal();
      },
      emit,
    };
  }

  #tellBegin(begin: Begin): void {
    const { request, emit } = this.#ports;
    const { settings, engine } = request;
    if (engine === 'local') {
      // It plays whatever model is asked for; none of them is what listens.
      emit({ ...begin, model: 'local' });
      return;
    }
    const { model = settings.model.name } = begin;
    emit({ ...begin, model });
    if (model === settings.model.name) return;
    emit({
      kind: 'warning',
      code: 'model-differs',
      message: `The service chose the model ${model} instead of ${settings.model.name}; its words and its price may differ`,
    });
  }

  #tellEnd(summary: SessionSummary): void {
    const { sessionId, closeCode, closeReason } = summary;
    const { audioSeconds, billedSeconds, billedIsEstimate } = summary;
    const bill = { audioSeconds, billedSeconds, billedIsEstimate };
    this.#ports.outcome.addSession(bill);
    const id = sessionId === undefined ? {} : { sessionId };
    this.#ports.emit({ kind: 'session-ended', ...id, closeCode, closeReason, ...bill });
  }
}

type Begin = Extract<ServerMessage, { kind: 'begin' }>;
