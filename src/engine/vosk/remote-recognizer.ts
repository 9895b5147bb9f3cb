import { DictationError, SAMPLE_RATE_HZ } from '../../core/index.ts';
import type { Recognizer, RecognizerListener } from '../recognizer.ts';
import type { Hearing } from './listening.ts';
import type { ThreadRequest } from './thread-messages.ts';

/** Work for the thread; `done` is told when it is through. */
type Job =
  | { readonly kind: 'hear'; readonly samples: Float32Array; readonly turnSilenceMs: number }
  | { readonly kind: 'finish-turn'; readonly done: () => void };

/** Above this the machine is not keeping up with speech, and never will. */
const LONGEST_BACKLOG_MS = 60_000;

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
  #backlogMs = 0;
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
    this.#backlogMs += durationMs(samples);
    this.#jobs.push({ kind: 'hear', samples, turnSilenceMs: this.#turnSilenceMs });
    this.#next();
    if (this.#backlogMs <= LONGEST_BACKLOG_MS) return;
    this.fail(
      new DictationError(
        'engine-unavailable',
        'This machine is too slow for the local engine; stop other programs or use the service',
      ),
    );
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
  onDone(hearings: readonly Hearing[]): void {
    const job = this.#current;
    this.#current = undefined;
    if (job?.kind === 'hear') this.#backlogMs -= durationMs(job.samples);
    for (const hearing of hearings) {
      if (this.#state === 'closed') return;
      if (hearing.kind === 'final') this.#listener.onFinal(hearing.words);
      else this.#listener.onPartial(hearing.words, hearing.heardMs);
    }
    if (job?.kind === 'finish-turn') job.done();
    this.#next();
  }

  #next(): void {
    if (this.#current || this.#state === 'closed') return;
    const job = this.#jobs.shift();
    if (!job) return;
    this.#current = job;
    const id = this.#id;
    if (job.kind === 'finish-turn') this.#send({ kind: 'finish-turn', id });
    else {
      const { samples, turnSilenceMs } = job;
      this.#send({ kind: 'hear', id, samples, turnSilenceMs });
    }
  }
}

function durationMs(samples: Float32Array): number {
  return (samples.length / SAMPLE_RATE_HZ) * 1_000;
}
