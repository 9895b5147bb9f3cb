import {
  type AudioListener,
  type AudioSource,
  DictationError,
  type RunningAudio,
  SAMPLE_RATE_HZ,
} from '../core/index.ts';
import { encodePcm16, Resampler } from '../sound/index.ts';
import { workletUrl } from './worklet.ts';

export interface MicrophoneOptions {
  /** A `deviceId`, or part of the name of a microphone; left out, it is the browser's default. */
  readonly device?: string | undefined;
  /** Such as `{ noiseSuppression: false }`; what is left out is the browser's choice. */
  readonly constraints?: MediaTrackConstraints | undefined;
}

/** A page that is not allowed to play or record yet gives nothing, and no error. */
const LATE_MS = 1_000;
/** The last samples come within a few milliseconds, or never. */
const DRAIN_LIMIT_MS = 300;

/**
 * The microphone of whoever reads this page, for `dictate`'s `audio`. The browser asks the person
 * when a dictation starts, which has to follow a click or a key press.
 */
export function microphone(options: MicrophoneOptions = {}): AudioSource {
  let name = 'microphone';
  return {
    kind: 'live',
    /** As the browser calls it, once it may be known. */
    get name() {
      return name;
    },
    silenceAdvice: 'check that it is not muted and that the system lets this browser use it',
    start: (listener) =>
      new RunningMicrophone(options, listener, (label) => {
        name = label;
      }),
  };
}

class RunningMicrophone implements RunningAudio {
  readonly #options: MicrophoneOptions;
  readonly #listener: AudioListener;
  readonly #onName: (label: string) => void;
  #state: 'running' | 'stopping' | 'ended' = 'running';
  #stream: MediaStream | undefined;
  #context: AudioContext | undefined;
  #worklet: AudioWorkletNode | undefined;
  readonly #late: ReturnType<typeof setTimeout>;

  constructor(
    options: MicrophoneOptions,
    listener: AudioListener,
    onName: (label: string) => void,
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#onName = onName;
    this.#late = setTimeout(() => this.#tellLate(), LATE_MS);
    this.#open().catch((thrown: unknown) => this.#fail(asMicrophoneError(thrown)));
  }

  stop(): void {
    if (this.#state !== 'running') return;
    this.#state = 'stopping';
    this.#worklet?.port.postMessage('drain');
    setTimeout(() => this.#end(), this.#worklet ? DRAIN_LIMIT_MS : 0);
  }

  abort(): void {
    this.#end();
  }

  setPaused(): void {}

  async #open(): Promise<void> {
    const stream = await openStream(this.#options);
    this.#stream = stream;
    if (this.#state !== 'running') return this.#release();
    const [track] = stream.getAudioTracks();
    if (track?.label) this.#onName(track.label);
    track?.addEventListener('ended', () => this.#fail(unplugged()));

    // At the browser's own rate: not each of them takes a microphone at another.
    const context = new AudioContext();
    this.#context = context;
    await context.audioWorklet.addModule(workletUrl());
    if (this.#state !== 'running') return this.#release();
    this.#listen(stream, context);
    await context.resume();
  }

  #listen(stream: MediaStream, context: AudioContext): void {
    const worklet = new AudioWorkletNode(context, 'lull-microphone', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    const rates = { fromRateHz: context.sampleRate, toRateHz: SAMPLE_RATE_HZ };
    const resampler = new Resampler(rates);
    worklet.port.onmessage = ({ data }: MessageEvent<Float32Array | 'drained'>) => {
      if (this.#state === 'ended') return;
      clearTimeout(this.#late);
      const samples = data === 'drained' ? resampler.flush() : resampler.push(data);
      if (samples.length > 0) this.#listener.onAudio(encodePcm16(samples));
      if (data === 'drained') this.#end();
    };
    context.createMediaStreamSource(stream).connect(worklet);
    this.#worklet = worklet;
  }

  #tellLate(): void {
    const message =
      this.#context?.state === 'suspended'
        ? 'The browser gives no sound before the person has clicked or pressed a key on this page; start dictation from a button'
        : 'The microphone has given nothing yet; the browser may be asking whether this page may use it';
    this.#listener.onWarning('microphone-late', message);
  }

  #fail(error: DictationError): void {
    if (this.#state === 'ended') return;
    this.#release();
    this.#listener.onEnd({ kind: 'failed', error });
  }

  #end(): void {
    if (this.#state === 'ended') return;
    this.#release();
    this.#listener.onEnd({ kind: 'ended' });
  }

  /** The browser shows that it records for as long as one track lives. */
  #release(): void {
    this.#state = 'ended';
    clearTimeout(this.#late);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    if (this.#context && this.#context.state !== 'closed') void this.#context.close();
  }
}

/** @throws DictationError, and what `getUserMedia` throws */
async function openStream({ device, constraints }: MicrophoneOptions): Promise<MediaStream> {
  // A page without a secure origin has none, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) {
    const message = `A page gets the microphone over https or on localhost only, and this one is ${location.origin}`;
    throw new DictationError('recorder-failed', message);
  }
  const ask = (more: MediaTrackConstraints) =>
    devices.getUserMedia({ audio: { channelCount: 1, ...constraints, ...more } });
  const stream = await ask({});
  if (device === undefined) return stream;
  // Names are told only to a page that may listen already.
  const found = (await devices.enumerateDevices()).find(
    ({ kind, deviceId, label }) =>
      kind === 'audioinput' &&
      (deviceId === device || label.toLowerCase().includes(device.toLowerCase())),
  );
  for (const track of stream.getTracks()) track.stop();
  if (found) return ask({ deviceId: { exact: found.deviceId } });
  const message = `There is no microphone ${device}; name one that this browser knows`;
  throw new DictationError('device-missing', message);
}

function unplugged(): DictationError {
  const message =
    'The microphone was unplugged, or this page may no longer use it; connect it and start again';
  return new DictationError('recorder-failed', message);
}

function asMicrophoneError(thrown: unknown): DictationError {
  if (thrown instanceof DictationError) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  const [code, message] = FAULTS[name] ?? [
    'recorder-failed',
    `The browser gave no microphone (${name}); reload the page and try again`,
  ];
  return new DictationError(code, message, { cause: thrown });
}

const FAULTS: Readonly<
  Record<string, readonly ['recorder-failed' | 'device-missing', string] | undefined>
> = {
  NotAllowedError: [
    'recorder-failed',
    'This page may not use the microphone; allow it beside the address of the page and start again',
  ],
  NotFoundError: ['device-missing', 'No microphone was found; connect one and start again'],
  NotReadableError: [
    'recorder-failed',
    'The system did not give the browser the microphone; close other programs that hold it and start again',
  ],
  AbortError: [
    'recorder-failed',
    'The browser did not load the part that listens; the Content-Security-Policy of this page has to allow blob: in script-src',
  ],
};
