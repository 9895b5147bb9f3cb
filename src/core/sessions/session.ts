import type { Fault } from '../assemblyai/close-codes.ts';
import { decode } from '../assemblyai/decode.ts';
import { encode } from '../assemblyai/encode.ts';
import { SAMPLE_RATE_HZ, type Socket, type SocketEnding, type SocketRequest } from '../ports.ts';
import type { FinalShape } from '../words/turns.ts';
import { Arrival } from './arrival.ts';
import { Liveness } from './heartbeat.ts';
import type { SessionPorts, SessionSummary } from './session-ports.ts';
import {
  type SessionCommand,
  type SessionInput,
  type SessionState,
  type SessionTimer,
  stepSession,
} from './session-step.ts';

/** Milliseconds. */
const LIMITS: Readonly<Record<SessionTimer, number>> = {
  /** `Begin` took 1.2 to 1.3 s from the other side of the world (measured live, 2026-09). */
  begin: 10_000,
  /** A formatted copy comes within this or not at all. */
  'held-final': 2_000,
  drain: 5_000,
  close: 500,
};

const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1_000;

/** Runs the session's pure steps over a socket and a clock. */
export class Session {
  readonly #ports: SessionPorts;
  readonly #socket: Socket;
  #state: SessionState;
  readonly #timers = new Map<SessionTimer, () => void>();
  #sessionId: string | undefined;
  #openedAtMs: number | undefined;
  #socketEnding: SocketEnding | undefined;
  #bytesSent = 0;
  readonly #arrival = new Arrival();
  #setAside = 0;
  readonly #liveness: Liveness;

  constructor(request: SocketRequest, shape: FinalShape, ports: SessionPorts) {
    this.#ports = ports;
    this.#state = { kind: 'opening', shape };
    this.#setTimer('begin');
    this.#liveness = new Liveness({
      clock: ports.clock,
      ping: () => this.#ping('not-sent'),
      onDead: (fault) => this.giveUp(fault),
    });
    this.#socket = ports.openSocket(request, {
      onOpen: () => {
        this.#openedAtMs = ports.clock.now();
        this.#liveness.start();
      },
      onText: (text) => this.#receive(text),
      onBinary: () => {
        this.#setAside += 1;
        this.#liveness.heard('message');
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
    const { turns, voice } = this.#state;
    return voice === 'none' && turns.open.length === 0 && turns.held === undefined;
  }

  #receive(text: string): void {
    this.#liveness.heard('message');
    const decoded = decode(text);
    if (decoded.kind === 'set-aside') this.#setAside += 1;
    if (decoded.kind !== 'message') return;
    const { message } = decoded;
    const { listener } = this.#ports;
    if (this.#state.kind === 'streaming' || this.#state.kind === 'draining') {
      if (message.kind === 'speech-started') listener.onSpeechStarted();
      if (message.kind === 'turn') listener.onTurn(message.turn);
    }
    this.#take({ kind: 'received', message });
  }

  #take(input: SessionInput): void {
    const { state, commands } = stepSession(this.#state, input);
    this.#state = state;
    for (const command of commands) this.#do(command);
  }

  #do(command: SessionCommand): void {
    const { listener } = this.#ports;
    switch (command.kind) {
      case 'announce':
        this.#sessionId = command.begin.sessionId;
        listener.onBegin(command.begin);
        break;
      case 'preview':
        listener.onPreview(command.turn);
        break;
      case 'deliver':
        listener.onFinal(command.turn);
        break;
      case 'leave':
        listener.onPassedOver(command.turn);
        break;
      case 'warn':
        listener.onWarning(command.code, command.text);
        break;
      case 'send-force-endpoint':
        this.#socket.send(encode({ kind: 'force-endpoint' }));
        break;
      case 'send-terminate':
        this.#socket.send(encode({ kind: 'terminate' }));
        this.#ping('sent');
        break;
      case 'set-timer':
        this.#setTimer(command.timer);
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
      case 'report':
        this.#liveness.stop();
        for (const timer of [...this.#timers.keys()]) this.#clearTimer(timer);
        listener.onEnd(this.#summary(command.ending));
        break;
      default:
        command satisfies never;
    }
  }

  #summary({
    fault,
    totals,
    unsaved,
  }: Extract<SessionCommand, { kind: 'report' }>['ending']): SessionSummary {
    const livedMs = this.#openedAtMs === undefined ? 0 : this.#ports.clock.now() - this.#openedAtMs;
    const closed = this.#socketEnding?.kind === 'closed' ? this.#socketEnding : undefined;
    return {
      ...(fault ? { fault } : {}),
      ending: totals ? 'terminated' : 'cut',
      ...(unsaved === undefined ? {} : { unsaved }),
      ...(this.#sessionId === undefined ? {} : { sessionId: this.#sessionId }),
      closeCode: closed?.code ?? 0,
      closeReason: closed?.reason ?? '',
      audioSeconds: totals?.audioSeconds ?? this.sentMs / 1_000,
      billedSeconds: totals?.sessionSeconds ?? livedMs / 1_000,
      billedIsEstimate: totals?.sessionSeconds === undefined && this.#reached !== 'nothing',
      reached: this.#reached,
      livedMs,
      framesSetAside: this.#setAside,
    };
  }

  get #reached(): SessionSummary['reached'] {
    if (this.#sessionId !== undefined) return 'begun';
    return this.#openedAtMs === undefined ? 'nothing' : 'open';
  }

  #ping(terminate: 'sent' | 'not-sent'): void {
    const sentAtMs = this.#ports.clock.now();
    const mark = this.#arrival.pinged({ sentAtMs, bytes: this.#bytesSent, terminate });
    this.#socket.ping(mark);
  }

  #setTimer(timer: SessionTimer): void {
    this.#clearTimer(timer);
    const cancel = this.#ports.clock.schedule(LIMITS[timer], () => {
      this.#timers.delete(timer);
      // A service that got the Terminate and is silent has no words left; one that did not, may.
      const isStalled = timer === 'drain' && !(this.#arrival.hasTerminate && this.isAnswering);
      this.#take(
        isStalled ? { kind: 'given-up', fault: { kind: 'stalled' } } : { kind: 'timed-out', timer },
      );
    });
    this.#timers.set(timer, cancel);
  }

  #clearTimer(timer: SessionTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}
