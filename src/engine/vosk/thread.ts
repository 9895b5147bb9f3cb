import { parentPort, workerData } from 'node:worker_threads';
import { type Heard, Listening } from './listening.ts';
import { loadModel, type Model } from './model.ts';
import type { ThreadAnswer, ThreadRequest, ThreadStart } from './thread-messages.ts';

// The entry of dist/engine-thread.mjs: decoding blocks its thread, so it has one of its own.

/** Of a session that was closed meanwhile. */
const NOTHING: Heard = { hearings: [], speech: 0 };

const port = parentPort;
if (port) {
  const send = (answer: ThreadAnswer) => port.postMessage(answer);
  try {
    const model = await loadModel(workerData as ThreadStart);
    const listenings = new Map<number, Listening>();
    port.on('message', (request: ThreadRequest) => {
      const answer = serve({ model, listenings, request });
      if (answer) send(answer);
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function serve({
  model,
  listenings,
  request,
}: {
  readonly model: Model;
  readonly listenings: Map<number, Listening>;
  readonly request: ThreadRequest;
}): ThreadAnswer | undefined {
  const { id } = request;
  const listening = listenings.get(id);
  switch (request.kind) {
    case 'open':
      listenings.set(id, new Listening(model));
      return undefined;
    case 'hear': {
      const heard = listening?.hear(request.samples, request.turnSilenceMs) ?? NOTHING;
      return { kind: 'done', id, heard };
    }
    case 'finish-turn':
      return {
        kind: 'done',
        id,
        heard: listening ? { hearings: [listening.finishTurn()], speech: 0 } : NOTHING,
      };
    case 'close':
      listening?.free();
      listenings.delete(id);
      return undefined;
    default:
      return request satisfies never;
  }
}
