import { Worker } from 'node:worker_threads';
import { type Clock, DictationError } from '../../core/index.ts';
import type { RecognizerFactory } from '../recognizer.ts';
import { requireInstallation } from './installation.ts';
import { RemoteRecognizer } from './remote-recognizer.ts';
import type { ThreadAnswer, ThreadRequest } from './thread-messages.ts';

/** One session takes about a third of a core (bench/engine-endpoint.mjs), and they share one thread. */
const MAX_SESSIONS = 2;
/** A small model loads in a second or two; the rest is for a machine that swaps. */
const LOAD_LIMIT_MS = 60_000;

/** The thread's file, beside the bundle this code is in. */
const THREAD_FILE = './engine-thread.mjs';

export interface VoskOptions {
  readonly modelDir: string | undefined;
  readonly clock: Clock;
}

/**
 * Starts loading the model in a thread of its own and returns at once; the first session waits.
 * @throws DictationError `engine-unavailable` when runtime or model are not installed
 */
export async function openVosk({ modelDir, clock }: VoskOptions): Promise<RecognizerFactory> {
  const installation = await requireInstallation(modelDir);
  const worker = new Worker(new URL(THREAD_FILE, import.meta.url), { workerData: installation });
  const recognizers = new Map<number, RemoteRecognizer>();
  const send = (request: ThreadRequest) => {
    if (request.kind === 'close') recognizers.delete(request.id);
    worker.postMessage(request);
  };
  let lastId = 0;

  const ready = new Promise<void>((resolve, reject) => {
    const fail = (message: string, cause?: unknown) => {
      const error = new DictationError('engine-unavailable', message, { cause });
      reject(error);
      for (const recognizer of [...recognizers.values()]) recognizer.fail(error);
    };
    const cancelLimit = clock.schedule(LOAD_LIMIT_MS, () =>
      fail('The local engine took too long to load its model; try again or use the service'),
    );
    worker.on('message', (answer: ThreadAnswer) => {
      if (answer.kind === 'done') {
        recognizers.get(answer.id)?.onDone(answer.heard);
        return;
      }
      cancelLimit();
      if (answer.kind === 'ready') resolve();
      else fail(answer.message);
    });
    worker.on('error', (cause) => fail('The local engine failed; start it again', cause));
    worker.on('exit', () => {
      cancelLimit();
      fail('The local engine was shut down; start it again');
    });
  });
  // A failure is told to each session that waits for it; with none, it waits for the first.
  ready.catch(() => {});

  return {
    maxSessions: MAX_SESSIONS,
    async open(listener) {
      await ready;
      lastId += 1;
      const recognizer = new RemoteRecognizer({ id: lastId, send, listener });
      recognizers.set(lastId, recognizer);
      send({ kind: 'open', id: lastId });
      return recognizer;
    },
    async close() {
      await worker.terminate();
    },
  };
}
