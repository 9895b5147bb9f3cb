import type { ServerMessage } from '../assemblyai/messages.ts';
import { type Backlog, FRAME_MS } from '../audio/backlog.ts';
import type { Feed } from '../audio/feed.ts';
import type { Outcome } from '../dictation/outcome.ts';
import { asDictationError, type DictationError } from '../errors.ts';
import type { DictationEvent } from '../events.ts';
import type { DictationRequest } from '../request.ts';
import { askForAccess } from './access-limit.ts';
import { Conversation, type ConversationPorts } from './conversation.ts';
import { Departures } from './departures.ts';
import { Replay } from './replay.ts';
import { planRollOver } from './roll-over.ts';
import { tellBegin, tellEnd } from './session-news.ts';
import type { SessionSummary } from './session-ports.ts';

export interface LinkPorts {
  readonly request: DictationRequest;
  readonly outcome: Outcome;
  readonly feed: Feed;
  readonly backlog: Backlog;
  onWords(endMs: number | undefined): void;
  onRefined(endMs: number): void;
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
  readonly #departures = new Departures();
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

  /** Milliseconds of audio whose words were told, if only as a preview. */
  get toldMs(): number {
    return this.#replay.toldMs;
  }

  get sinceTerminateMs(): number {
    return this.#ports.request.clock.now() - this.#terminatedAtMs;
  }

  /** Whether the service shows that it hears what it is sent. */
  get isAnswering(): boolean {
    return this.#current?.session.isAnswering ?? true;
  }

  /** Milliseconds of audio whose words would have been told by the session of the moment. */
  get settledMs(): number {
    return this.#current?.settledMs ?? 0;
  }

  open(): void {
    this.#wanted = 'open';
    void this.#connect('current');
  }

  terminate(): void {
    this.#dropSuccessor();
    this.#terminatedAtMs = this.#ports.request.clock.now();
    this.#current?.session.terminate();
  }

  stalled(): void {
    this.#current?.session.giveUp({ kind: 'stalled' });
  }

  /** Ends every session within half a second; `onEnded` follows. */
  abort(): void {
    this.#dropSuccessor();
    this.#retiring?.session.abort();
    if (this.#current) {
      this.#current.session.abort();
    } else if (this.#wanted === 'open') {
      this.#wanted = 'closed';
      this.#departures.whenGone(() => this.#ports.onEnded());
    }
  }

  /** Audio was left out, because more waited than is kept. */
  skipped(frames: number): void {
    this.#current?.skipped(frames * FRAME_MS);
  }

  async #connect(role: Role): Promise<void> {
    const { request, emit, onFailed } = this.#ports;
    try {
      const access = await askForAccess(request);
      if (this.#wanted === 'closed' || (role === 'successor' && !this.#current)) return;
      emit({ type: 'connecting', endpoint: new URL(access.endpoint).host });
      const conversation: Conversation = new Conversation(access, {
        request,
        transcript: this.#transcriptPorts(),
        onBegan: (begin) => this.#began(conversation, begin),
        onSpeechStarted: () => this.#ports.onWords(undefined),
        onWarning: (message) => emit({ type: 'warning', code: 'service-warning', message }),
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
    const { request, emit } = this.#ports;
    tellBegin(begin, { request, emit });
    if (conversation !== this.#current) return;
    this.#lead(conversation, this.#replay.restart(this.#ports.feed.next));
  }

  /** From here, the audio from frame `from` on goes to this session. */
  #lead(conversation: Conversation, from: number): void {
    const { feed, onBegan } = this.#ports;
    this.#cancelRollOver();
    const first = feed.seek(from);
    conversation.hearsFrom(first * FRAME_MS);
    this.#cancelRollOver = planRollOver(conversation.begin?.expiresAt, {
      clock: this.#ports.request.clock,
      onOpen: () => void this.#connect('successor'),
      isPause: () => this.isAnswering && conversation.session.isBetweenTurns && feed.isAtPause,
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
    if (!this.isAnswering) {
      // What it was sent may not have arrived, so the successor has to hear it too.
      this.stalled();
      return;
    }
    this.#retiring = old;
    this.#current = next;
    this.#successor = undefined;
    next.hold();
    this.#lead(next, this.#ports.feed.next);
    this.#terminatedAtMs = this.#ports.request.clock.now();
    old.session.terminate();
  }

  #ended(conversation: Conversation, summary: SessionSummary): void {
    const { outcome, feed, emit } = this.#ports;
    tellEnd(summary, { outcome, emit });
    // Of one that was discarded only the bill counts: before what it heard there may be a gap.
    if (conversation === this.#current || conversation === this.#retiring) {
      this.#replay.lost(conversation.arrivedMs);
    }
    switch (conversation) {
      case this.#successor:
        this.#successor = undefined;
        break;
      case this.#retiring:
        this.#retiring = undefined;
        // Its last words are missing and come before those of the current one: both are heard again.
        if (summary.fault) this.#startOver(conversation, summary);
        else {
          if (summary.unsaved !== undefined) outcome.leaveUnsaved(summary.unsaved);
          this.#current?.release();
        }
        break;
      case this.#current:
        if (!summary.fault || !this.#successor?.begin) this.#startOver(conversation, summary);
        else {
          this.#current = this.#successor;
          this.#successor = undefined;
          this.#lead(this.#current, this.#replay.restart(feed.next));
        }
        break;
      default:
        this.#departures.gone(conversation);
    }
  }

  /** There is no session any more, or none that is of use. */
  #startOver(conversation: Conversation, summary: SessionSummary): void {
    const current = this.#current;
    this.#dropSuccessor();
    this.#current = undefined;
    if (current !== conversation) this.#departures.add(current);
    const { unsaved } = summary;
    if (unsaved !== undefined) this.#ports.outcome.setPending(unsaved, this.#replay.previewEndMs);
    this.#departures.whenGone(() => this.#ports.onEnded(summary));
  }

  #dropSuccessor(): void {
    this.#cancelRollOver();
    const successor = this.#successor;
    this.#successor = undefined;
    this.#departures.add(successor);
  }

  #transcriptPorts(): ConversationPorts['transcript'] {
    const { outcome, feed, onWords, onRefined, emit } = this.#ports;
    return {
      nextTurn: () => outcome.finals,
      sentMs: () => feed.sentMs,
      onWords,
      onRefined,
      onOpened: (words) => this.#replay.opened(words),
      onLeft: (text) => outcome.leaveUnsaved(text),
      onCommitted: (last) => {
        this.#replay.committed(last, feed.next * FRAME_MS);
        outcome.addFinal();
      },
      emit,
    };
  }
}

type Begin = Extract<ServerMessage, { kind: 'begin' }>;
