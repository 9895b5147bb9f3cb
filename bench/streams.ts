import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, measure } from './streams/measure.ts';
import { RIVALS, type RivalName } from './streams/rivals.ts';
import { serve } from './streams/service.ts';

// What one stream costs: as many as a small server might hold, each in real time over TLS, in one
// process. A loop that does no more than send and read, the vendor's SDK and ours take turns, so
// that all of them meet the same machine.
//
//   npm run streams -- [--streams 300] [--seconds 20] [--rounds 3] [--only ours] [--profile folder]

const MOST_TIMES_BARE = 1.3;
const MOST_BYTES_BEYOND_BARE = 60_000;

const [part, ...rest] = process.argv.slice(2);
if (part === 'service') await serve(rest);
else if (part === 'client') await measure(rest);
else await compare(part === undefined ? [] : [part, ...rest]);

async function compare(args: readonly string[]): Promise<void> {
  const options = optionsOf(args);
  const folder = mkdtempSync(join(tmpdir(), 'lull-streams-'));
  const certificate = createCertificate(folder);
  const service = fork(program(), ['service', certificate.key, certificate.file], {
    // Its collector would take time from the streams; its memory is nobody's concern here.
    execArgv: ['--max-semi-space-size=64'],
  });
  try {
    const [{ endpoint }] = (await once(service, 'message')) as [{ readonly endpoint: string }];
    const costs: Cost[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      for (const rival of options.rivals) {
        const cost = await run(rival, { ...options, endpoint, certificate: certificate.file });
        costs.push(cost);
        console.log(`round ${round + 1}, ${rival}: ${ms(cost.cpuMs)}, ${heardOf(cost)}`);
      }
    }
    print(options.rivals.map((rival) => typical(costs.filter(({ name }) => name === rival))));
  } finally {
    service.kill();
    rmSync(folder, { recursive: true });
  }
}

interface Options {
  readonly streams: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly rivals: readonly RivalName[];
  readonly profile: string | undefined;
}

function optionsOf(args: readonly string[]): Options {
  const value = (name: string) => args[args.indexOf(`--${name}`) + 1];
  const number = (name: string, fallback: number) =>
    args.includes(`--${name}`) ? Number(value(name)) : fallback;
  const names = Object.keys(RIVALS) as RivalName[];
  const only = args.includes('--only') ? value('only')?.split(',') : undefined;
  return {
    streams: number('streams', 300),
    seconds: number('seconds', 20),
    rounds: number('rounds', 3),
    rivals: names.filter((name) => only?.includes(name) ?? true),
    profile: args.includes('--profile') ? value('profile') : undefined,
  };
}

/** One rival in a process of its own, whose memory and time are then nobody else's. */
async function run(
  rival: RivalName,
  place: Options & { readonly endpoint: string; readonly certificate: string },
): Promise<Cost> {
  const { streams, seconds, profile, endpoint, certificate } = place;
  const figures = [String(streams), String(seconds), ...(profile ? [profile] : [])];
  const client = fork(program(), ['client', rival, endpoint, ...figures], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
  });
  const gone = once(client, 'exit').then(([code]) => {
    throw new Error(`${rival} ended with exit code ${code} before it was measured`);
  });
  const [cost] = await Promise.race([once(client, 'message'), gone]);
  gone.catch(() => {});
  if (client.exitCode === null) await once(client, 'exit');
  return cost as Cost;
}

function program(): string {
  const [, file = ''] = process.argv;
  return file;
}

/** A certificate for 127.0.0.1 that nobody trusts who is not told to. */
function createCertificate(folder: string): { readonly key: string; readonly file: string } {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', key, '-out', file, '-days', '2'];
  const { status } = spawnSync('openssl', ['req', '-x509', ...curve, ...files, ...subject]);
  if (status !== 0) throw new Error('No certificate: sudo apt-get install openssl');
  return { key, file };
}

/** The middle one by time: a round in which the machine was busy with something else says nothing. */
function typical(rounds: readonly Cost[]): Cost {
  const sorted = [...rounds].sort((one, other) => one.cpuMs - other.cpuMs);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!middle) throw new Error('No round was run');
  return middle;
}

function print(costs: readonly Cost[]): void {
  const find = (rival: RivalName) => costs.find(({ name }) => name === rival);
  const [bare, sdk, ours] = [find('bare'), find('sdk'), find('ours')];
  const times = (cost: Cost, to: Cost | undefined) =>
    to ? `${(cost.cpuMs / to.cpuMs).toFixed(2)}x` : '-';
  console.log(
    '\n       processor a second   to bare   to SDK    heap   buffers   kept audio   GC share',
  );
  for (const cost of costs) {
    const cells = [
      cost.name.padEnd(6),
      ms(cost.cpuMs).padStart(19),
      times(cost, bare).padStart(9),
      times(cost, sdk).padStart(8),
      kb(cost.heapBytes).padStart(9),
      kb(cost.bufferBytes).padStart(9),
      kb(cost.keptBytes).padStart(12),
      `${(cost.collecting * 100).toFixed(1)} %`.padStart(10),
    ];
    console.log(cells.join(' '));
  }
  if (!bare || !sdk || !ours) return;
  const beyond = ownBytes(ours) - ownBytes(bare);
  console.log(`\nours: ${kb(beyond)} a stream beyond bare ws, without the audio it keeps`);
  const goals = [
    {
      goal: `at most ${MOST_TIMES_BARE} times bare`,
      met: ours.cpuMs <= bare.cpuMs * MOST_TIMES_BARE,
    },
    { goal: 'below the SDK', met: ours.cpuMs < sdk.cpuMs },
    {
      goal: `at most ${kb(MOST_BYTES_BEYOND_BARE)} beyond bare`,
      met: beyond <= MOST_BYTES_BEYOND_BARE,
    },
    { goal: 'every second was heard', met: costs.every(({ heard }) => heard > 0.99) },
  ];
  for (const { goal, met } of goals) console.log(`${met ? 'met   ' : 'missed'}   ${goal}`);
  if (goals.some(({ met }) => !met)) process.exitCode = 1;
}

function ownBytes({ heapBytes, bufferBytes, keptBytes }: Cost): number {
  return heapBytes + bufferBytes - keptBytes;
}

function heardOf({ heard, finals }: Cost): string {
  return `${(heard * 100).toFixed(1)} % of the audio heard, ${finals} finals`;
}

function ms(value: number): string {
  return `${value.toFixed(3)} ms`;
}

function kb(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
