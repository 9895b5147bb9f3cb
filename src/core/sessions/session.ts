import { decode } from '../../protocol/index.ts';
import type { Fault } from '../assemblyai/close-codes.ts';
import { keytermsUpdate } from '../assemblyai/request.ts';
import {
  type Clock,
  type OpenSocket,
  SAMPLE_RATE_HZ,
  type Socket,
  type SocketEnding,
  type SocketRequest,
} from '../ports.ts';
import type { Begin, SessionEnding, SessionNews, SessionSummary } from './news.ts';
import { Arrival, Liveness } from './pings.ts';
import {
  BEGIN_LIMIT_MS,
  OWN_BEGIN_LIMIT_MS,
  type SessionCommand,
  type SessionInput,
  type SessionPlan,
  type SessionState,
  type SessionTimer,
  stepSession,
} from './session-step.ts';

export interface SessionPorts {
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  onNews(news: SessionNews): void;
}

const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1_000;

const FORCE_ENDPOINT = JSON.stringify({ type: 'ForceEndpoint' });
const TERMINATE = JSON.stringify({ type: 'Terminate' });

/** Runs the session's pure steps over a socket and a clock. */
export class Session {
  readonly #ports: SessionPorts;
  readonly #socket: Socket;
  #state: SessionState;
  readonly #timers = new Map<SessionTimer, () => void>();
  #begin: Begin | undefined;
  #openedAtMs: number | undefined;
  #socketEnding: SocketEnding | undefined;
  #update: string | undefined;
  #bytesSent = 0;
  #finals = 0;
  #setAside = 0;
  readonly #arrival = new Arrival();
  readonly #liveness: Liveness;

  constructor(request: SocketRequest, plan: SessionPlan, ports: SessionPorts) {
    this.#ports = ports;
    this.#state = { kind: 'opening', plan };
    const isOwn = plan.drain === 'until-told';
    this.#setTimer('begin', isOwn ? OWN_BEGIN_LIMIT_MS : BEGIN_LIMIT_MS);
    this.#liveness = new Liveness({
      clock: ports.clock,
      ping: () => this.#ping('not-sent'),
      link: isOwn ? 'own' : 'remote',
      onDead: (fault) => this.giveUp(fault),
    });
    this.#socket = ports.openSocket(request, {
      onOpen: () => {
        this.#openedAtMs = ports.clock.now();
        this.#liveness.start();
      },
      onText: (text) => this.#receive(text),
      onBinary: () => {
        this.#liveness.heard('message');
        this.#setFrameAside('a binary frame');
      },
      onPong: (mark) => {
        this.#arrival.ponged(mark, ports.clock.now());
        this.#liveness.heard('pong');
      },
      onEnd: (ending) => {
        this.#socketEnding = ending;
        this.#take({ kind: 'socket-ended', ending });
      },
    });
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Sends one frame of audio; dropped unless the session streams. */
  sendAudio(pcm: Uint8Array): void {
    if (this.#state.kind !== 'streaming') return;
    this.#bytesSent += pcm.length;
    this.#socket.send(pcm);
  }

  /** Words to expect from here on; before `Begin` they wait. */
  expect(keyterms: readonly string[]): void {
    this.#update = keytermsUpdate(keyterms);
    this.#sendUpdate();
  }

  /** Asks for the remaining finals and the end. Audio sent later is dropped. */
  terminate(): void {
    this.#take({ kind: 'terminate-requested' });
  }

  /** Ends within half a second, whatever the service does. */
  abort(): void {
    this.#take({ kind: 'abort-requested' });
  }

  /** The link is as good as dead. */
  giveUp(fault: Fault): void {
    this.#take({ kind: 'given-up', fault });
  }

  /** Milliseconds of audio sent. */
  get sentMs(): number {
    return this.#bytesSent / BYTES_PER_MS;
  }

  /** And of these, what the other side has received for certain. */
  get arrivedMs(): number {
    return this.#arrival.bytes / BYTES_PER_MS;
  }

  /** And of these, what it has had the time to tell the words of. */
  get settledMs(): number {
    return this.#arrival.settledBytes(this.#ports.clock.now()) / BYTES_PER_MS;
  }

  /** Whether the other side shows that it hears. */
  get isAnswering(): boolean {
    return this.#arrival.isAnswering(this.#ports.clock.now());
  }

  /** Whether nothing is being said that the service has heard of: no turn open, no final held. */
  get isBetweenTurns(): boolean {
    if (this.#state.kind !== 'streaming') return false;
    const { words, voice } = this.#state;
    return voice === 'none' && words.turns.open.length === 0 && words.turns.held === undefined;
  }

  #receive(text: string): void {
    this.#liveness.heard('message');
    const decoded = decode(text);
    if (decoded.kind === 'set-aside') this.#setFrameAside(decoded.flaw);
    if (decoded.kind === 'message') this.#take({ kind: 'received', message: decoded.message });
  }

  #setFrameAside(flaw: string): void {
    this.#setAside += 1;
    this.#ports.onNews({ kind: 'set-aside', flaw });
  }

  #take(input: SessionInput): void {
    const { state, commands } = stepSession(this.#state, input);
    this.#state = state;
    for (const command of commands) this.#do(command);
  }

  #do(command: SessionCommand): void {
    switch (command.kind) {
      case 'report':
        if (command.news.kind === 'begun') this.#begin = command.news.begin;
        if (command.news.kind === 'final') this.#finals += 1;
        this.#ports.onNews(command.news);
        if (command.news.kind === 'begun') this.#sendUpdate();
        break;
      case 'send-force-endpoint':
        this.#socket.send(FORCE_ENDPOINT);
        break;
      case 'send-terminate':
        this.#socket.send(TERMINATE);
        this.#ping('sent');
        break;
      case 'set-timer':
        this.#setTimer(command.timer, command.afterMs);
        break;
      case 'clear-timer':
        this.#clearTimer(command.timer);
        break;
      case 'close-socket':
        this.#socket.close(1000);
        break;
      case 'abort-socket':
        this.#socket.abort();
        break;
      case 'end':
        this.#liveness.stop();
        for (const timer of [...this.#timers.keys()]) this.#clearTimer(timer);
        this.#ports.onNews({ kind: 'ended', summary: this.#summary(command.ending) });
        break;
      default:
        command satisfies never;
    }
  }

  #sendUpdate(): void {
    if (this.#update === undefined || this.#state.kind !== 'streaming') return;
    this.#socket.send(this.#update);
    this.#update = undefined;
  }

  #summary({ totals, ...ending }: SessionEnding): SessionSummary {
    const livedMs = this.#openedAtMs === undefined ? 0 : this.#ports.clock.now() - this.#openedAtMs;
    const closed = this.#socketEnding?.kind === 'closed' ? this.#socketEnding : undefined;
    const { sessionId, model } = this.#begin ?? {};
    return {
      ...ending,
      ending: totals ? 'terminated' : 'cut',
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(model === undefined ? {} : { model }),
      closeCode: closed?.code ?? 0,
      closeReason: closed?.reason ?? '',
      audioSeconds: totals?.audioSeconds ?? this.sentMs / 1_000,
      billedSeconds: totals?.sessionSeconds ?? livedMs / 1_000,
      billedIsEstimate: totals?.sessionSeconds === undefined && this.#reached !== 'nothing',
      reached: this.#reached,
      finals: this.#finals,
      livedMs,
      framesSetAside: this.#setAside,
    };
  }

  get #reached(): SessionSummary['reached'] {
    if (this.#begin !== undefined) return 'begun';
    return this.#openedAtMs === undefined ? 'nothing' : 'open';
  }

  #ping(terminate: 'sent' | 'not-sent'): void {
    const sentAtMs = this.#ports.clock.now();
    const mark = this.#arrival.pinged({ sentAtMs, bytes: this.#bytesSent, terminate });
    this.#socket.ping(mark);
  }

  #setTimer(timer: SessionTimer, afterMs: number): void {
    this.#clearTimer(timer);
    const cancel = this.#ports.clock.schedule(afterMs, () => {
      this.#timers.delete(timer);
      const isCertain = this.#arrival.hasTerminate && this.isAnswering;
      this.#take({ kind: 'timed-out', timer, delivery: isCertain ? 'certain' : 'doubtful' });
    });
    this.#timers.set(timer, cancel);
  }

  #clearTimer(timer: SessionTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}
