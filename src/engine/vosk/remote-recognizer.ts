import { type DictationError, SAMPLE_RATE_HZ } from '../../core/index.ts';
import type { Recognizer, RecognizerListener } from '../recognizer.ts';
import type { Heard } from './listening.ts';
import type { ThreadRequest } from './thread-messages.ts';

/** Work for the thread; `done` is told when it is through. */
type Job =
  | { readonly kind: 'hear'; readonly samples: Float32Array; readonly turnSilenceMs: number }
  | { readonly kind: 'finish-turn'; readonly done: () => void };

/**
 * Audio that waits is handed over in pieces of up to so much: on a busy machine each hand-over costs
 * a wait for a processor, and the other session's turn must come round.
 */
const LONGEST_JOB_SAMPLES = SAMPLE_RATE_HZ / 2;

/**
 * A recognizer whose work is done in the thread. One job is there at a time and the rest waits
 * here, so that sessions take turns and a closed one leaves nothing to be heard.
 */
export class RemoteRecognizer implements Recognizer {
  readonly #id: number;
  readonly #send: (request: ThreadRequest) => void;
  readonly #listener: RecognizerListener;
  readonly #jobs: Job[] = [];
  #current: Job | undefined;
  #heardMs = 0;
  #turnSilenceMs = 0;
  #state: 'open' | 'closed' = 'open';

  constructor({
    id,
    send,
    listener,
  }: {
    readonly id: number;
    readonly send: (request: ThreadRequest) => void;
    readonly listener: RecognizerListener;
  }) {
    this.#id = id;
    this.#send = send;
    this.#listener = listener;
  }

  accept(samples: Float32Array): void {
    if (this.#state === 'closed' || samples.length === 0) return;
    this.#jobs.push({ kind: 'hear', samples, turnSilenceMs: this.#turnSilenceMs });
    this.#next();
  }

  setTurnSilence(silenceMs: number): void {
    this.#turnSilenceMs = silenceMs;
  }

  endTurn(): Promise<void> {
    if (this.#state === 'closed') return Promise.resolve();
    return new Promise((done) => {
      this.#jobs.push({ kind: 'finish-turn', done });
      this.#next();
    });
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#send({ kind: 'close', id: this.#id });
    // Nobody may be left waiting for a turn that will not be finished.
    for (const job of [this.#current, ...this.#jobs]) {
      if (job?.kind === 'finish-turn') job.done();
    }
    this.#jobs.length = 0;
    this.#current = undefined;
  }

  fail(error: DictationError): void {
    if (this.#state === 'closed') return;
    this.close();
    this.#listener.onFailed(error);
  }

  /** The thread has done the job at hand. */
  onDone({ hearings, speech }: Heard): void {
    const job = this.#current;
    this.#current = undefined;
    for (const hearing of hearings) {
      if (this.#state === 'closed') break;
      if (hearing.kind === 'final') this.#listener.onFinal(hearing.words);
      else this.#listener.onPartial(hearing.words, hearing.heardMs);
    }
    // Before others are told, who may give more to hear.
    this.#next();
    if (job?.kind === 'finish-turn') job.done();
    if (job?.kind !== 'hear' || this.#state === 'closed') return;
    this.#heardMs += (job.samples.length / SAMPLE_RATE_HZ) * 1_000;
    this.#listener.onHeard({ heardMs: this.#heardMs, speech });
  }

  #next(): void {
    if (this.#current || this.#state === 'closed') return;
    const job = this.#takeJob();
    if (!job) return;
    this.#current = job;
    const id = this.#id;
    if (job.kind === 'finish-turn') this.#send({ kind: 'finish-turn', id });
    else {
      const { samples, turnSilenceMs } = job;
      this.#send({ kind: 'hear', id, samples, turnSilenceMs });
    }
  }

  /** The next job, with the audio that waits behind it and is to be heard in the same way. */
  #takeJob(): Job | undefined {
    const first = this.#jobs.shift();
    if (first?.kind !== 'hear') return first;
    const pieces = [first.samples];
    let length = first.samples.length;
    for (let next = this.#jobs[0]; next?.kind === 'hear'; next = this.#jobs[0]) {
      length += next.samples.length;
      if (length > LONGEST_JOB_SAMPLES || next.turnSilenceMs !== first.turnSilenceMs) break;
      pieces.push(next.samples);
      this.#jobs.shift();
    }
    return { ...first, samples: joined(pieces) };
  }
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const all = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
