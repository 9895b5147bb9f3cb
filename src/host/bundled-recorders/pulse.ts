// Records through the PulseAudio protocol without any program of the system: 16 kHz mono PCM16 on
// standard output until a signal. Arguments: a source's name or none; or --list. A program of its
// own, because a broken connection ends the process that holds it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { PA_SAMPLE_FORMAT, PulseAudio } from 'pulseaudio.js';

const FORMAT = { format: PA_SAMPLE_FORMAT.S16LE, rate: 16_000, channels: 1 };
/** 20 ms: PipeWire would hand out two seconds at a time. */
const FRAGMENT_BYTES = 640;

const wanted = process.argv[2];
process.stdout.on('error', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

const server = await connect();
server.on('error', () => fail('The sound server went away'));
if (wanted === '--list') await list(server);
else await record(server, wanted);

async function record(pulse: PulseAudio, source: string | undefined): Promise<void> {
  try {
    const stream = await pulse.createRecordStream({
      sampleSpec: FORMAT,
      fragmentSize: FRAGMENT_BYTES,
      adjustLatency: true,
      ...(source === undefined ? {} : { name: source }),
    });
    stream.on('error', () => fail('No such device: the source is gone'));
    stream.on('data', (pcm: Uint8Array) => process.stdout.write(pcm));
  } catch {
    fail(`No such device: ${source ?? 'there is no default source'}`);
  }
}

async function list(pulse: PulseAudio): Promise<void> {
  const { defaultSource } = await pulse.getServerInfo();
  for (const { name, description } of await pulse.getAllSources()) {
    if (typeof name !== 'string') continue;
    const isDefault = name === defaultSource;
    const isMonitor = name.endsWith('.monitor');
    const device = { id: name, name: description ?? name, isDefault, isMonitor };
    process.stdout.write(`${JSON.stringify(device)}\n`);
  }
  process.exit(0);
}

/** The first server that answers where libpulse looks for one. */
async function connect(): Promise<PulseAudio> {
  const { PULSE_SERVER = '', PULSE_RUNTIME_PATH, XDG_RUNTIME_DIR } = process.env;
  const named = PULSE_SERVER.split(' ').map((server) =>
    server.replace(/^\{[^}]*\}/, '').replace(/^unix:/, ''),
  );
  const sockets = [
    ...named.filter((path) => path.startsWith('/')),
    // A server that was named is not replaced by another.
    ...(PULSE_SERVER === ''
      ? [
          ...(PULSE_RUNTIME_PATH ? [join(PULSE_RUNTIME_PATH, 'native')] : []),
          ...(XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, 'pulse', 'native')] : []),
          `/run/user/${process.getuid?.() ?? 0}/pulse/native`,
          '/mnt/wslg/PulseServer',
        ]
      : []),
  ];
  const cookie = await readCookie();
  for (const path of sockets) {
    const pulse = new PulseAudio('Lull', cookie, path);
    const ignore = () => {};
    pulse.on('error', ignore);
    try {
      await pulse.connect();
      pulse.off('error', ignore);
      return pulse;
    } catch {
      // Nobody there, or not for us: the next place is asked.
    }
  }
  return fail('No sound server answers the PulseAudio protocol');
}

async function readCookie(): Promise<Buffer | undefined> {
  const path = process.env['PULSE_COOKIE'];
  // Most servers let the same user in without one, and the client looks in the usual place itself.
  return path ? await readFile(path).catch(() => undefined) : undefined;
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
