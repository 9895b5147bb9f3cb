// Records through Picovoice's recorder, a native addon that is loaded by its path: 16 kHz mono PCM16
// on standard output until a signal. Arguments: the addon, and a device's name, --list or nothing.
// A program of its own, because the addon's read blocks.
import { createRequire } from 'node:module';
import process from 'node:process';

interface Addon {
  get_available_devices(): readonly string[];
  init(
    frameLength: number,
    deviceIndex: number,
    bufferedFrames: number,
  ): { readonly handle: unknown; readonly status: number };
  start(handle: unknown): number;
  read(handle: unknown, frame: Int16Array): number;
  stop(handle: unknown): number;
  delete(handle: unknown): void;
}

/** 20 ms at the 16 kHz that the addon always records with. */
const FRAME_SAMPLES = 320;
const BUFFERED_FRAMES = 50;
const DEFAULT_DEVICE = -1;

const [, , path = '', wanted] = process.argv;
const addon = createRequire(import.meta.url)(path) as Addon;
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isStopped = true;
  });
}
process.stdout.on('error', () => process.exit(0));

if (wanted === '--list') list();
else record(wanted === undefined ? DEFAULT_DEVICE : indexOf(wanted));

function list(): void {
  for (const name of addon.get_available_devices()) {
    if (isMonitor(name)) continue;
    process.stdout.write(`${JSON.stringify({ id: name, name, isDefault: false })}\n`);
  }
}

function record(index: number): void {
  const { handle, status } = addon.init(FRAME_SAMPLES, index, BUFFERED_FRAMES);
  if (status !== 0) fail(`no microphone (status ${status})`);
  const started = addon.start(handle);
  if (started !== 0) fail(`no microphone (status ${started})`);

  const next = () => {
    if (isStopped) {
      addon.stop(handle);
      addon.delete(handle);
      process.stdout.write('', () => process.exit(0));
      return;
    }
    const frame = new Int16Array(FRAME_SAMPLES);
    const read = addon.read(handle, frame);
    if (read !== 0) fail(`No such device: it gives no more samples (status ${read})`);
    process.stdout.write(new Uint8Array(frame.buffer));
    // Between two reads signals are heard.
    setImmediate(next);
  };
  next();
}

function indexOf(name: string): number {
  const index = addon.get_available_devices().indexOf(name);
  return index === DEFAULT_DEVICE ? fail(`No such device: ${name}`) : index;
}

/** What a loudspeaker plays, as PulseAudio describes it. */
function isMonitor(name: string): boolean {
  return name.startsWith('Monitor of ');
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
