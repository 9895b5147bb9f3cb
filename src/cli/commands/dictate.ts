import {
  type AudioSource,
  type Clock,
  checkOptions,
  type Dictation,
  type DictationSettings,
  listPriceUsd,
  type Note,
  startDictation,
} from '../../core/index.ts';
import { createMonotonicClock, findKey, openWebSocket } from '../../host/index.ts';
import type { DictateArguments } from '../arguments.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { asFailure, EXIT_INTERRUPTED, EXIT_OK, exitCodeFor } from '../exit-codes.ts';
import { watchInterrupts } from '../interrupts.ts';
import { formatJsonLine } from '../output/json-lines.ts';
import { type OutputFile, openOutputFile } from '../output/output-file.ts';
import { createReporter } from '../reporter.ts';
import { type OpenService, openService, planService, type ServicePlan } from '../service.ts';
import { openAudio, readKeyterms } from '../sources.ts';
import { openKeyboard } from '../terminal/keyboard.ts';
import { terminalOf } from '../terminal/terminal.ts';

/** An end at once takes no longer than this, whatever still hangs. */
const ABORT_LIMIT_MS = 700;
const CLOSE_LIMIT_MS = 1_000;

/** Everything a dictation needs, checked and open. */
interface Prepared {
  readonly clock: Clock;
  readonly settings: DictationSettings;
  readonly notes: readonly Note[];
  readonly file: OutputFile | undefined;
  readonly plan: ServicePlan;
  readonly source: AudioSource;
  readonly service: OpenService;
}

/** Dictates until the dictation ends by itself or is stopped; gives the exit code. */
export async function dictate(args: DictateArguments, process: CliProcess): Promise<number> {
  const prepared = await prepare(args, process);
  const { clock, settings, notes, file, plan, source, service } = prepared;
  const terminal = terminalOf(process, args);
  let dictation: Dictation | undefined;
  const haste = new AbortController();

  const interrupts = watchInterrupts({
    signals: process,
    onStop: () => dictation?.stop('user'),
    onAbort: () => {
      haste.abort();
      dictation?.abort();
      clock.schedule(ABORT_LIMIT_MS, () => process.exit(EXIT_INTERRUPTED));
    },
  });
  const keyboard = terminal.mayReadKeys
    ? openKeyboard(process.stdin, {
        onKey: () => dictation?.keepListening(),
        onInterrupt: interrupts.interrupt,
      })
    : undefined;
  // However the process ends, the person's terminal is given back as it was.
  process.once('exit', () => keyboard?.close());

  const reporter = createReporter({
    stdout: process.stdout,
    stderr: process.stderr,
    file,
    format: args.format,
    detail: args.detail,
    preview: terminal.preview,
    colours: terminal.colours,
    keys: keyboard === undefined ? 'none' : 'keep-listening',
    wouldBe: ({ billedSeconds }) =>
      plan.engine === 'local'
        ? { billedSeconds, costUsd: priceUsd(settings, billedSeconds) }
        : undefined,
    onOutputLost: () => dictation?.stop('user'),
  });
  process.stderr.on('resize', reporter.redraw);
  if (plan.engine === 'local' && plan.cause === 'no-key' && args.detail !== 'quiet') {
    reporter.say('lull: No AssemblyAI key is known, so the local engine listens');
  }
  for (const note of notes) reporter.onEvent({ type: 'warning', ...note });

  dictation = startDictation({
    settings,
    engine: plan.engine,
    access: service.access,
    source,
    clock,
    openSocket: openWebSocket,
    chance: Math.random,
    onEvent: reporter.onEvent,
  });
  const { error } = await dictation.ended;

  keyboard?.close();
  const outputFailure = await reporter.finish();
  await atMost(CLOSE_LIMIT_MS, { clock, work: service.close() });
  if (haste.signal.aborted) return EXIT_INTERRUPTED;
  const failure = error ?? outputFailure;
  return failure === undefined ? EXIT_OK : exitCodeFor(failure.area);
}

async function prepare(args: DictateArguments, process: CliProcess): Promise<Prepared> {
  let file: OutputFile | undefined;
  try {
    const clock = createMonotonicClock();
    const { keytermsPath, outputPath } = args;
    const listed = keytermsPath === undefined ? [] : await readKeyterms(keytermsPath);
    const keyterms = [...(args.options.keyterms ?? []), ...listed];
    const { settings, notes } = checkOptions({ ...args.options, keyterms });
    file = outputPath === undefined ? undefined : openOutputFile(outputPath);
    const plan = await planService(args.service, async () => (await findKey(process.env))?.key);
    const source = await openAudio(args.audio, { clock, process });
    const service = await openService(plan);
    return { clock, settings, notes, file, plan, source, service };
  } catch (thrown) {
    file?.discard();
    const error = asFailure(thrown);
    if (args.format === 'json' && args.outputPath === undefined) {
      const { code, message } = error;
      await print(process.stdout, formatJsonLine({ type: 'error', code, message }));
    }
    throw error;
  }
}

function priceUsd({ model, keyterms }: DictationSettings, seconds: number): number {
  return listPriceUsd(model, seconds, keyterms.length);
}

function atMost(
  limitMs: number,
  { clock, work }: { readonly clock: Clock; readonly work: Promise<unknown> },
): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => clock.schedule(limitMs, () => resolve(0)))]);
}
