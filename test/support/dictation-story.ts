import { RunningDictation } from '../../src/core/dictation/dictation.ts';
import type { DictationEvent, DictationTrace, EngineName } from '../../src/core/events.ts';
import { checkOptions, type DictationOptions } from '../../src/core/options.ts';
import type { AudioSource } from '../../src/core/ports.ts';
import type { SessionAccess } from '../../src/core/request.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import {
  createFakeNetwork,
  type FakeNetwork,
  type FakeSocket,
} from '../../src/testing/fake-socket.ts';
import { FakeSource, type Sound } from '../../src/testing/fake-source.ts';
import { beginMessage, type ServerFrame } from '../../src/testing/wire-messages.ts';

export interface StoryOptions extends DictationOptions {
  readonly sourceKind?: AudioSource['kind'];
  readonly access?: () => Promise<SessionAccess>;
  readonly engine?: EngineName;
  /** What decides how long a wait between tries is; 0 to 1. */
  readonly chance?: number;
  readonly onEvent?: (event: DictationEvent) => void;
}

type Told = DictationEvent | DictationTrace;

/** A dictation whose clock, microphone and server the test plays. */
export class DictationStory {
  readonly clock = new FakeClock();
  readonly network: FakeNetwork = createFakeNetwork();
  readonly source: FakeSource;
  readonly events: Told[] = [];
  readonly dictation: RunningDictation;

  constructor(options: StoryOptions) {
    const {
      sourceKind = 'live',
      access = localAccess,
      engine = 'assemblyai',
      chance = 0.5,
      onEvent,
      ...dictationOptions
    } = options;
    this.source = new FakeSource(sourceKind);
    this.dictation = new RunningDictation({
      settings: checkOptions(dictationOptions).settings,
      engine,
      billing: engine === 'local' ? 'free' : 'billed',
      access,
      source: this.source,
      clock: this.clock,
      openSocket: this.network.openSocket,
      chance: () => chance,
      onEvent: (event) => {
        this.events.push(event);
        onEvent?.(event);
      },
      onTrace: (trace) => this.events.push(trace),
    });
  }

  get socket(): FakeSocket {
    return this.network.socket;
  }

  /** The server accepts and begins. */
  begin(model = 'universal-3-6-pro', id = 'session-1'): void {
    this.socket.open();
    this.socket.receive(beginMessage({ id, expiresAt: 1_800_000_000, model }));
  }

  /** Time passes while the microphone hears `sound`. */
  hear(ms: number, sound: Sound = 'quiet'): void {
    for (let done = 0; done < ms; done += 50) {
      this.source.give(50, sound);
      this.clock.advance(50);
    }
  }

  receive(...frames: readonly Exclude<ServerFrame, Uint8Array>[]): void {
    for (const frame of frames) this.socket.receive(frame);
  }

  /** The server answers `Terminate`, as it should. */
  terminated(totals: { readonly audio: number; readonly session: number }): void {
    this.receive({
      type: 'Termination',
      audio_duration_seconds: totals.audio,
      session_duration_seconds: totals.session,
    });
    this.socket.end({ kind: 'closed', code: 1000, reason: 'Session Ended' });
  }

  eventsOf<Kind extends Told['type']>(kind: Kind): readonly Extract<Told, { type: Kind }>[] {
    return this.events.filter(
      (event): event is Extract<Told, { type: Kind }> => event.type === kind,
    );
  }

  /** JSON messages sent, by type. */
  get sentTypes(): readonly unknown[] {
    return this.socket.messages.map((message) => (message as { type: unknown }).type);
  }

  get texts(): readonly string[] {
    return this.eventsOf('final').map(({ text }) => text);
  }
}

const localAccess = () =>
  Promise.resolve({ endpoint: 'ws://127.0.0.1:1/v3/ws', headers: { Authorization: 'k' } });

/** The story begins once the socket has been asked for. */
export async function startStory(options: StoryOptions = {}): Promise<DictationStory> {
  const story = new DictationStory(options);
  await settled();
  return story;
}

/** Lets promises that are already resolved run on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
