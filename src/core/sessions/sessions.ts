import { buildSessionUrl, connectionParameters, finalShape } from '../assemblyai/request.ts';
import { type Backlog, FRAME_MS, MOST_FRAMES } from '../audio/backlog.ts';
import type { Feed } from '../audio/feed.ts';
import { asDictationError, DictationError } from '../errors.ts';
import type { DictationRequest, SessionAccess } from '../request.ts';
import { Origins, toFinal } from '../words/transcript.ts';
import { finalText, previewText } from '../words/turns.ts';
import type { Begin, SessionNews, SessionSummary, SessionsNews } from './news.ts';
import { Replay } from './replay.ts';
import { planRollOver } from './roll-over.ts';
import { Session } from './session.ts';
import {
  type Id,
  NO_SESSIONS,
  type SessionsCommand,
  type SessionsInput,
  stepSessions,
} from './sessions-step.ts';

export interface SessionsPorts {
  readonly request: DictationRequest;
  readonly feed: Feed;
  readonly backlog: Backlog;
  /** Where a voice was last heard, in milliseconds of the dictation's audio. */
  lastVoiceMs(): number;
  onNews(news: SessionsNews): void;
}

/** A token is minted in about a second (measured live, 2026-09). */
const ACCESS_LIMIT_MS = 10_000;

type TurnNews = Extract<SessionNews, { kind: 'partial' | 'final' | 'left' }>;

interface Member {
  readonly session: Session;
  readonly host: string;
  origins: Origins;
  begin?: Begin;
  summary?: SessionSummary;
  /** Milliseconds of its audio that the engine has listened to, where it tells. */
  decodedMs?: number;
  fate: 'told' | 'held' | 'silent';
  /** What was said while its words are held back. */
  readonly held: SessionNews[];
}

/** Runs the steps of the sessions: the session of the moment, and the change to the next. */
export class Sessions {
  readonly #ports: SessionsPorts;
  readonly #replay: Replay;
  readonly #members = new Map<Id, Member>();
  #state = NO_SESSIONS;
  #terminatedAtMs = Number.NEGATIVE_INFINITY;
  #cancelRollOver = () => {};

  constructor(ports: SessionsPorts) {
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

  /** So many milliseconds more can wait before what a new session has to hear is dropped. */
  get roomMs(): number {
    const { backlog } = this.#ports;
    return (this.#replayFrom + MOST_FRAMES - backlog.end) * FRAME_MS;
  }

  get sinceTerminateMs(): number {
    return this.#ports.request.clock.now() - this.#terminatedAtMs;
  }

  /** Milliseconds of audio that silence may be counted in: what the service has surely listened to. */
  get listenedMs(): number {
    const { feed } = this.#ports;
    const lead = this.#lead;
    if (!lead) return feed.sentMs;
    const { session, origins, decodedMs } = lead;
    if (decodedMs !== undefined) {
      const isCaughtUp = decodedMs >= session.sentMs - FRAME_MS * 2;
      return isCaughtUp ? feed.sentMs : Math.min(feed.sentMs, origins.toDictationMs(decodedMs));
    }
    // Over a link that answers late, words may be stuck.
    if (session.isAnswering) return feed.sentMs;
    return Math.min(feed.sentMs, origins.toDictationMs(session.settledMs));
  }

  open(): void {
    this.#take({ kind: 'open' });
  }

  terminate(): void {
    this.#terminatedAtMs = this.#ports.request.clock.now();
    this.#take({ kind: 'terminate' });
  }

  stalled(): void {
    this.#take({ kind: 'stalled' });
  }

  /** Ends every session within half a second; `over` follows. */
  abort(): void {
    this.#take({ kind: 'abort' });
  }

  /** Words to expect from here on: by the sessions that are open, and by those still to come. */
  expect(keyterms: readonly string[]): void {
    const { request } = this.#ports;
    request.settings = { ...request.settings, keyterms };
    for (const { session } of this.#members.values()) session.expect(keyterms);
  }

  /** Audio was left out, because more waited than is kept. */
  skipped(frames: number): void {
    const lead = this.#lead;
    lead?.origins.skip(lead.session.sentMs, frames * FRAME_MS);
  }

  get #lead(): Member | undefined {
    return this.#state.kind === 'none' ? undefined : this.#members.get(this.#state.lead);
  }

  /** The frame that a session would be given first, were there one now. */
  get #replayFrom(): number {
    return this.#replay.restart(this.#ports.feed.next, this.#ports.lastVoiceMs());
  }

  #take(input: SessionsInput): void {
    const { state, commands } = stepSessions(this.#state, input);
    this.#state = state;
    if (state.kind === 'none') this.#cancelRollOver();
    for (const command of commands) this.#do(command);
  }

  #do(command: SessionsCommand): void {
    switch (command.kind) {
      case 'ask':
        void this.#ask(command.id);
        break;
      case 'tell-over':
        this.#tellOver(command.last);
        break;
      case 'tell-no-access':
        this.#ports.onNews({ kind: 'no-access', error: command.error });
        break;
      case 'connect':
        this.#connect(command.id, command.access);
        break;
      default: {
        const member = this.#members.get(command.id);
        if (member) this.#doTo(member, command);
      }
    }
  }

  #doTo(
    member: Member,
    command: Exclude<SessionsCommand, { kind: 'ask' | 'connect' | 'tell-over' | 'tell-no-access' }>,
  ): void {
    const { session } = member;
    switch (command.kind) {
      case 'lead':
        this.#leadWith(member, command.from);
        break;
      case 'hold':
        member.fate = 'held';
        break;
      case 'release':
        member.fate = 'told';
        for (const news of member.held.splice(0)) this.#hear(command.id, member, news);
        break;
      case 'discard':
        member.fate = 'silent';
        session.abort();
        for (const news of member.held.splice(0)) this.#hear(command.id, member, news);
        break;
      case 'terminate':
        this.#terminatedAtMs = this.#ports.request.clock.now();
        session.terminate();
        break;
      case 'abort':
        session.abort();
        break;
      case 'give-up':
        session.giveUp({ kind: 'stalled' });
        break;
      case 'note-heard':
        this.#replay.lost(member.origins.toDictationMs(session.arrivedMs));
        break;
      case 'tell-left': {
        const text = member.summary?.unsaved;
        if (text !== undefined) this.#ports.onNews({ kind: 'left', text });
        break;
      }
      default:
        command satisfies never;
    }
  }

  async #ask(id: Id): Promise<void> {
    try {
      const access = await this.#accessInTime();
      this.#take({ kind: 'access-given', id, access });
    } catch (thrown) {
      this.#take({ kind: 'access-refused', id, error: asDictationError(thrown) });
    }
  }

  /** Whoever does not give access in time has refused it. */
  async #accessInTime(): Promise<SessionAccess> {
    const { access, clock } = this.#ports.request;
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = clock.schedule(ACCESS_LIMIT_MS, () => reject(accessTooLate()));
    });
    try {
      return await Promise.race([access(), late]);
    } finally {
      cancel();
    }
  }

  #connect(id: Id, { endpoint, headers, token }: SessionAccess): void {
    const { request, onNews } = this.#ports;
    const { settings, engine, clock, openSocket } = request;
    const { host } = new URL(endpoint);
    onNews({ kind: 'connecting', endpoint: host });
    const url = buildSessionUrl(endpoint, connectionParameters(settings, { engine, token }));
    const drain = engine === 'local' ? 'until-told' : 'limited';
    const session: Session = new Session(
      { url, headers },
      { shape: finalShape(settings.model), drain },
      {
        clock,
        openSocket,
        onNews: (news) => this.#hear(id, member, news),
      },
    );
    const member: Member = { session, host, origins: new Origins(0), fate: 'told', held: [] };
    this.#members.set(id, member);
  }

  /** From here, audio goes to this session. */
  #leadWith(member: Member, from: 'replay' | 'next'): void {
    const { request, feed, onNews } = this.#ports;
    const first = feed.seek(from === 'replay' ? this.#replayFrom : feed.next);
    member.origins = new Origins(first * FRAME_MS);
    this.#cancelRollOver();
    this.#cancelRollOver = planRollOver(member.begin?.expiresAt, {
      clock: request.clock,
      onOpen: () => this.#take({ kind: 'expiring' }),
      isPause: () => member.session.isAnswering && member.session.isBetweenTurns && feed.isAtPause,
      isReady: () => this.#state.kind === 'with-successor' && this.#state.begun === 'yes',
      onChange: () => {
        const hearing = member.session.isAnswering ? 'hears' : 'doubtful';
        this.#take({ kind: 'change-over', hearing });
      },
    });
    onNews({ kind: 'leading' });
    feed.attach(member.session);
  }

  /** What a session says, at once or when those before it have said theirs. */
  #hear(id: Id, member: Member, news: SessionNews): void {
    const { onNews } = this.#ports;
    const { origins, fate } = member;
    switch (news.kind) {
      case 'begun':
        member.begin = news.begin;
        onNews(news);
        this.#take({ kind: 'begun', id });
        break;
      case 'decoded':
        member.decodedMs = news.decodedMs;
        onNews({ kind: 'decoded', behindMs: member.session.sentMs - news.decodedMs });
        break;
      case 'speech':
      case 'speech-refined':
        onNews(
          news.endMs === undefined ? news : { ...news, endMs: origins.toDictationMs(news.endMs) },
        );
        break;
      case 'warning':
      case 'set-aside':
        onNews(news);
        break;
      default:
        if (fate === 'held') member.held.push(news);
        else if (news.kind === 'ended') this.#ended(id, member, news.summary);
        else if (fate === 'told') this.#tell(member, news);
    }
  }

  #tell({ origins, begin }: Member, { kind, turn }: TurnNews): void {
    const { onNews, feed, request } = this.#ports;
    if (kind === 'partial') {
      this.#replay.opened(origins.spanOf(turn));
      onNews({ kind, text: previewText(turn, request.settings.model.family) });
    } else if (kind === 'final') {
      const final = toFinal(turn, origins, feed.sentMs);
      onNews({ kind, final, sessionId: begin?.sessionId ?? '' });
      this.#replay.committed(final.words.at(-1), feed.next * FRAME_MS);
    } else {
      onNews({ kind, text: finalText(turn) });
    }
  }

  #ended(id: Id, member: Member, told: SessionSummary): void {
    const { fault } = told;
    const summary = fault ? { ...told, fault: { ...fault, host: member.host } } : told;
    member.summary = summary;
    this.#ports.onNews({ kind: 'billed', summary });
    this.#take({ kind: 'ended', id, fault: summary.fault ? 'some' : 'none' });
  }

  #tellOver(id: Id | undefined): void {
    const last = id === undefined ? undefined : this.#members.get(id)?.summary;
    this.#members.clear();
    const pending =
      last?.unsaved === undefined
        ? {}
        : { pending: { text: last.unsaved, endMs: this.#replay.previewEndMs } };
    this.#ports.onNews({ kind: 'over', ...(last ? { last } : {}), ...pending });
  }
}

function accessTooLate(): DictationError {
  return new DictationError(
    'connect-timeout',
    'No key or token for the service came in time; check the network and start again',
  );
}
