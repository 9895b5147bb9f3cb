import {
  type AudioSource,
  type Clock,
  checkOptions,
  type Dictation,
  type DictationEvent,
  type DictationOptions,
  dictate as startDictation,
} from '../../core/index.ts';
import {
  createMonotonicClock,
  type Filter,
  openFilter,
  openWebSocket,
  type Typist,
} from '../../host/index.ts';
import { DEFAULT_MODEL, listPriceUsd } from '../../protocol/index.ts';
import type { StoppedBy } from '../../text/index.ts';
import { type Detail, type DictateArguments, optionName } from '../arguments.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { type StatusWatch, watchStatus } from '../control/status.ts';
import { type Steering, steer } from '../control/steering.ts';
import { createDelivery, type Delivery, openTarget } from '../delivery/delivery.ts';
import { asFailure, EXIT_INTERRUPTED, EXIT_OK, exitCodeFor } from '../exit-codes.ts';
import type { Speech } from '../output/format.ts';
import { formatJsonLine } from '../output/json-lines.ts';
import { type OutputFile, openOutputFile } from '../output/output-file.ts';
import { createReporter, type Reporter } from '../reporter.ts';
import { findService, type OpenService, openService } from '../service.ts';
import { openAudio } from '../sources.ts';
import { copyThroughTerminal, type Terminal, terminalOf } from '../terminal/terminal.ts';
import { readWordbook, type Wordbook } from '../words/wordbook.ts';
import { createWording } from '../words/wording.ts';

/** An end at once takes no longer than this, whatever still hangs. */
const ABORT_LIMIT_MS = 700;
const CLOSE_LIMIT_MS = 1_000;

/** Everything a dictation needs, checked and open. */
interface Prepared {
  readonly clock: Clock;
  readonly options: DictationOptions;
  readonly file: OutputFile | undefined;
  /** Whether the local engine listens only because no key is known. */
  readonly recognizer: 'chosen' | 'for-want-of-a-key';
  readonly source: AudioSource;
  readonly service: OpenService;
  readonly typist: Typist | undefined;
  readonly wordbook: Wordbook;
  readonly speech: Speech;
}

/** What the hands on the keys, signals and other programs have asked for so far. */
interface Wishes {
  stoppedBy: StoppedBy;
  readonly haste: AbortController;
}

/** A dictation that runs, as far as it can be steered. */
interface Running {
  readonly dictation: Dictation;
  readonly reporter: Reporter;
  readonly delivery: Delivery;
  readonly filter: Filter | undefined;
  /** Resolves when all is told; to what went wrong in telling it. */
  readonly told: Promise<unknown>;
}

/** Dictates until the dictation ends by itself or is stopped; gives the exit code. */
export async function dictate(args: DictateArguments, process: CliProcess): Promise<number> {
  const clock = createMonotonicClock();
  const terminal = terminalOf(process, args);
  const status = watchStatus(clock);
  const wishes: Wishes = { stoppedBy: 'nobody', haste: new AbortController() };
  let running: Running | undefined;

  // Before anything else: a key of the desktop may be pressed again at once.
  const steering = await steer(process, {
    terminal,
    sound: args.audio.kind === 'file' ? 'recorded' : 'spoken-now',
    steered: {
      stop(by) {
        if (wishes.stoppedBy === 'nobody') wishes.stoppedBy = by;
        running?.dictation.stop('user');
      },
      abort() {
        wishes.haste.abort();
        running?.dictation.abort();
        running?.filter?.close();
        clock.schedule(ABORT_LIMIT_MS, () => process.exit(EXIT_INTERRUPTED));
      },
      keepListening() {
        running?.delivery.onKeepListening();
        running?.dictation.keepListening();
      },
      hide: () => running?.reporter.hide(),
      show: () => running?.reporter.redraw(),
      status: () => status.now(),
    },
  });
  try {
    const prepared = await prepare(args, { clock, process });
    running = begin(args, { ...prepared, process, terminal, steering, status, wishes });
    // It may have been asked to end before it began.
    if (wishes.haste.signal.aborted) running.dictation.abort();
    else if (wishes.stoppedBy !== 'nobody') running.dictation.stop('user');
    return await finish(running, { ...prepared, steering, wishes, detail: args.detail });
  } finally {
    steering.release();
  }
}

function begin(
  args: DictateArguments,
  context: Prepared & {
    readonly process: CliProcess;
    readonly terminal: Terminal;
    readonly steering: Steering;
    readonly status: StatusWatch;
    readonly wishes: Wishes;
  },
): Running {
  const { clock, options, file, recognizer, source, service, typist, wordbook, speech } = context;
  const { process, terminal, steering, status, wishes } = context;
  const delivery = createDelivery(args, typist, {
    env: process.env,
    speech,
    files: wordbook.project?.files ?? [],
    say: (line) => {
      if (args.detail !== 'quiet' || line.startsWith('lull: ')) reporter.say(line);
    },
    copyThroughTerminal: (text) => copyThroughTerminal(text, process),
  });
  const reporter = createReporter({
    ...args,
    ...terminal,
    speech,
    stdout: process.stdout,
    stderr: process.stderr,
    clock,
    file,
    keys: steering.keys,
    lengthMs: source.durationMs,
    hangUp: delivery.hangUp,
    wouldBe: ({ audioSeconds }) =>
      service.engine === 'local' ? wouldBe(options, audioSeconds) : undefined,
    onOutputLost: () => dictation.stop('user'),
  });
  process.stderr.on('resize', reporter.redraw);
  if (recognizer === 'for-want-of-a-key' && args.detail !== 'quiet') {
    reporter.say('lull: No AssemblyAI key is known, so the local engine listens');
  }
  const dictation = startDictation({
    ...options,
    audio: source,
    engine: service.engine,
    endpoint: service.endpoint,
    billing: service.billing,
    ...(service.key === undefined ? {} : { key: service.key }),
    nameOf: optionName,
    ports: {
      clock,
      openSocket: openWebSocket,
      onTrace(trace) {
        status.onEvent(trace);
        reporter.onTrace(trace);
      },
    },
  });
  const { project, replace, notes, keyterms } = wordbook;
  for (const note of notes) reporter.onEvent({ type: 'warning', ...note });
  // The local engine has no use for them.
  if (project !== undefined && service.engine !== 'local') {
    void project.harvest(keyterms).then((names) => {
      if (names.length > 0) dictation.update({ keyterms: [...keyterms, ...names] });
    });
  }
  const filter = args.filter === undefined ? undefined : openOwnFilter(args.filter);
  const wording = createWording({
    replace,
    filter,
    onEvent(event) {
      if (!wishes.haste.signal.aborted) delivery.onEvent(event);
      reporter.onEvent(event);
    },
  });
  const told = tell(dictation, {
    onEvent(event) {
      status.onEvent(event);
      wording.take(wishes.haste.signal.aborted ? event : delivery.heed(event));
    },
    onEnd: wording.told,
  });
  return { dictation, reporter, delivery, filter, told };

  function openOwnFilter(command: string): Filter {
    return openFilter({
      ...{ command, name: '--filter', env: process.env, platform: process.platform, clock },
      onTrouble: (message) => reporter.onEvent({ type: 'warning', code: 'filter-failed', message }),
    });
  }
}

/** Hands on every event; resolves to what went wrong in doing so, which is not the dictation's error. */
async function tell(
  dictation: Dictation,
  {
    onEvent,
    onEnd,
  }: { readonly onEvent: (event: DictationEvent) => void; readonly onEnd: () => Promise<void> },
): Promise<unknown> {
  try {
    for await (const event of dictation) onEvent(event);
    await onEnd();
  } catch (thrown) {
    const { error } = await dictation.ended;
    if (thrown !== error) return thrown;
  }
  return undefined;
}

async function finish(
  { dictation, reporter, delivery, told }: Running,
  {
    clock,
    file,
    service,
    steering,
    wishes,
    detail,
  }: Prepared & {
    readonly steering: Steering;
    readonly wishes: Wishes;
    readonly detail: Detail;
  },
): Promise<number> {
  const { error } = await dictation.ended;
  const thrown = await told;
  if (thrown !== undefined) throw thrown;
  if (detail === 'verbose' && error?.detail !== undefined) reporter.say(error.detail);
  steering.release();
  const outputFailure = await reporter.finish();
  file?.close('ended');
  const isHasty = wishes.haste.signal.aborted;
  if (!isHasty) await delivery.finish(wishes.stoppedBy);
  await atMost(CLOSE_LIMIT_MS, { clock, work: service.close() });
  if (isHasty) return EXIT_INTERRUPTED;
  const failure = error ?? outputFailure;
  return failure === undefined ? EXIT_OK : exitCodeFor(failure.area);
}

async function prepare(
  args: DictateArguments,
  { clock, process }: { readonly clock: Clock; readonly process: CliProcess },
): Promise<Prepared> {
  let file: OutputFile | undefined;
  try {
    const { outputPath } = args;
    const wordbook = await readWordbook(args, process.env);
    const { keyterms } = wordbook;
    const options = { ...args.options, keyterms, ...localeOf(process.env) };
    const recording = args.audio.kind === 'file' ? args.audio.path : undefined;
    file =
      outputPath === undefined
        ? undefined
        : openOutputFile({ path: outputPath, mode: args.outputMode, recording });
    const typist = await openTarget(args.target, process.env);
    const found = await findService(args.service, process.env);
    const { silenceSeconds = 0, noSpeechSeconds = 0, maxSeconds = 0 } = args.options;
    // A whole recording goes as fast as this machine decodes it, unless a limit may cut it.
    const isWhole = silenceSeconds + noSpeechSeconds + maxSeconds === 0;
    const pace = found.plan.engine === 'local' && isWhole ? 'as-taken' : 'real-time';
    const source = await openAudio(args.audio, { clock, process, pace });
    const frame = { nameOf: optionName, audio: source.kind };
    const [language] = checkOptions(options, frame).settings.languages;
    const speech = { keyterms, ...(language === undefined ? {} : { language }) };
    const service = await openService(found, args.service.modelDir);
    const { plan } = found;
    const isWayOut = plan.engine === 'local' && plan.cause === 'no-key';
    const recognizer = isWayOut ? 'for-want-of-a-key' : 'chosen';
    return { clock, options, file, recognizer, source, service, typist, wordbook, speech };
  } catch (thrown) {
    file?.close('never-begun');
    const error = asFailure(thrown);
    if (args.format === 'json' && args.outputPath === undefined) {
      const { code, message } = error;
      await print(process.stdout, formatJsonLine({ type: 'error', code, message }));
    }
    throw error;
  }
}

/** What the service would have billed for so much audio. */
function wouldBe({ model = DEFAULT_MODEL, keyterms = [] }: DictationOptions, seconds: number) {
  const costUsd = listPriceUsd(model, { seconds, keyterms: keyterms.length });
  return { billedSeconds: seconds, ...(costUsd === undefined ? {} : { costUsd }) };
}

/** The person's language, as the system tells it to programs. */
function localeOf({ LC_ALL, LC_MESSAGES, LANG }: CliProcess['env']): { readonly locale?: string } {
  const locale = LC_ALL || LC_MESSAGES || LANG;
  return locale ? { locale } : {};
}

function atMost(
  limitMs: number,
  { clock, work }: { readonly clock: Clock; readonly work: Promise<unknown> },
): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => clock.schedule(limitMs, () => resolve(0)))]);
}
