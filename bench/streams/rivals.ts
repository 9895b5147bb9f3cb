import { AssemblyAI } from 'assemblyai';
import { WebSocket } from 'ws';
import { type AudioListener, dictate } from '../../src/core/index.ts';
import { createMonotonicClock, openWebSocket } from '../../src/host/index.ts';
import { listen } from './microphone.ts';

export interface Ears {
  /** Once: the service listens. */
  onBegin(): void;
  /** A frame was handed to the rival. */
  onFrame(): void;
  /** A final, whose last word ends there in the audio. */
  onFinal(endMs: number): void;
}

/** Streams a microphone to the service; gives back the way to end it. */
type Rival = (endpoint: string, ears: Ears) => () => Promise<void>;

export type RivalName = keyof typeof RIVALS;

export const RIVALS = { bare, sdk, ours } satisfies Record<string, Rival>;

interface Message {
  readonly type: string;
  readonly end_of_turn?: boolean;
  readonly words?: readonly { readonly end: number }[];
}

/** The least that works: one socket, one send a frame, one parse a message. */
function bare(endpoint: string, { onBegin, onFrame, onFinal }: Ears): () => Promise<void> {
  const socket = new WebSocket(endpoint, { perMessageDeflate: false });
  let stop = () => {};
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as Message;
    if (message.type === 'Begin') {
      stop = listen((pcm) => {
        onFrame();
        socket.send(pcm);
      });
      onBegin();
    } else if (message.end_of_turn) onFinal(message.words?.at(-1)?.end ?? 0);
  });
  return () => {
    stop();
    socket.send('{"type":"Terminate"}');
    return new Promise((resolve) => {
      socket.on('close', () => resolve());
    });
  };
}

function sdk(endpoint: string, { onBegin, onFrame, onFinal }: Ears): () => Promise<void> {
  const { streaming } = new AssemblyAI({ apiKey: 'none' });
  const transcriber = streaming.transcriber({ websocketBaseUrl: endpoint, sampleRate: 16_000 });
  let stop = () => {};
  transcriber.on('turn', (turn) => {
    if (turn.end_of_turn) onFinal(turn.words.at(-1)?.end ?? 0);
  });
  void transcriber.connect().then(() => {
    stop = listen((pcm) => {
      onFrame();
      transcriber.sendAudio(pcm.buffer);
    });
    onBegin();
  });
  return () => {
    stop();
    return transcriber.close();
  };
}

const clock = createMonotonicClock();

function ours(endpoint: string, { onBegin, onFrame, onFinal }: Ears): () => Promise<void> {
  const dictation = dictate({
    audio: {
      kind: 'live',
      name: 'microphone',
      start: (listener) => startMicrophone(listener, onFrame),
    },
    key: 'none',
    endpoint,
    ports: { clock, openSocket: openWebSocket },
  });
  const follow = async () => {
    for await (const event of dictation) {
      if (event.type === 'begin') onBegin();
      if (event.type === 'final') onFinal(event.endMs);
    }
  };
  const followed = follow();
  return async () => {
    dictation.stop('user');
    await followed;
  };
}

function startMicrophone(listener: AudioListener, onFrame: () => void) {
  const stop = listen((pcm) => {
    onFrame();
    listener.onAudio(pcm);
  });
  const end = () => {
    stop();
    queueMicrotask(() => listener.onEnd({ kind: 'ended' }));
  };
  return { stop: end, abort: end, setPaused() {} };
}
