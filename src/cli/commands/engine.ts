import { DictationError } from '../../core/index.ts';
import type { EngineArguments } from '../arguments.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { watchInterrupts } from '../control/interrupts.ts';
import { EXIT_INTERRUPTED, EXIT_OK } from '../exit-codes.ts';
import { withEngine } from '../load-engine.ts';
import { progressLine } from '../output/download-progress.ts';
import { readAnswer } from '../terminal/question.ts';

type Install = Extract<EngineArguments, { readonly action: 'install' }>;

/** A mirror for everybody on a machine, who then need no `--from`. */
const MIRROR = 'LULL_MODELS_URL';

/** Lists, fetches and removes what the offline recogniser needs. */
export async function engine(wanted: EngineArguments, process: CliProcess): Promise<number> {
  switch (wanted.action) {
    case 'list':
      return list(wanted.modelDir, process);
    case 'install':
      return install(wanted, process);
    case 'remove': {
      const { path } = await withEngine(({ removeModel }) => removeModel(wanted.name));
      await print(process.stdout, `${path} is deleted\n`);
      return EXIT_OK;
    }
    default:
      return wanted satisfies never;
  }
}

async function list(modelDir: string | undefined, { stdout }: CliProcess): Promise<number> {
  const lines = await withEngine(async ({ inspectEngine, installedModels, listedModels }) => {
    const report = await inspectEngine(modelDir === undefined ? {} : { modelDir });
    const installed = await installedModels();
    const others = installed.filter(({ path }) => path !== report.model.path);
    const offers = listedModels().filter(({ name }) => !installed.some((one) => one.name === name));
    return [
      `Recogniser: ${report.runtime.name} (${report.runtime.licence})`,
      `  found: ${report.runtime.path ?? 'no'}`,
      `Model: ${report.model.name} (${report.model.licence})`,
      `  found: ${report.model.path ?? 'no'}`,
      ...others.map(({ name, path }) => `Also installed: ${name}\n  found: ${path}`),
      ...offers.map(
        ({ name, language, bytes = 0 }) => `Available: ${name}, ${language}, ${megabytes(bytes)}`,
      ),
      report.advice ?? 'Lull can dictate offline: lull --engine local',
    ];
  });
  await print(stdout, `${lines.join('\n')}\n`);
  return EXIT_OK;
}

async function install({ wish, isAgreed }: Install, process: CliProcess): Promise<number> {
  const { env, stdout, stderr, stdin } = process;
  const fallback = env[MIRROR];
  const asked = fallback ? { mirror: fallback, ...wish } : wish;
  return withEngine(async ({ offerFor, installedModels, installModel }) => {
    const offer = offerFor(asked);
    const known = (await installedModels()).find(({ name }) => name === offer.name);
    if (known) {
      await print(stdout, `${offer.name} is installed already, in ${known.path}\n`);
      return EXIT_OK;
    }
    const size = offer.bytes === undefined ? '' : `, ${megabytes(offer.bytes)}`;
    const what = `${offer.name} (${offer.language}${size}, ${offer.licence}) from ${new URL(offer.url).host}`;
    if (!isAgreed && !(await isWanted(`Fetch ${what}?`, { stdin, stderr }))) {
      await print(stderr, 'Nothing was fetched\n');
      return EXIT_OK;
    }

    const stopping = new AbortController();
    watchInterrupts({
      signals: process,
      onStop: () => stopping.abort(),
      onAbort: () => process.exit(EXIT_INTERRUPTED),
    });
    const draw = progressLine(stderr);
    try {
      const model = await installModel({
        offer,
        signal: stopping.signal,
        onProgress: (progress) => draw(progress),
      });
      draw({ kind: 'done' });
      await print(
        stdout,
        `${model.name} is installed; dictate offline with: lull --engine local\n`,
      );
      return EXIT_OK;
    } catch (error) {
      draw({ kind: 'done' });
      if (!stopping.signal.aborted) throw error;
      await print(stderr, `lull: ${(error as Error).message}\n`);
      return EXIT_INTERRUPTED;
    }
  });
}

/** @throws DictationError `invalid-option` where nobody is there to ask */
async function isWanted(
  question: string,
  { stdin, stderr }: Pick<CliProcess, 'stdin' | 'stderr'>,
): Promise<boolean> {
  if (!stdin.isTTY || !stderr.isTTY) {
    const message = `${question} There is no terminal to answer on: add --yes to agree`;
    throw new DictationError('invalid-option', message);
  }
  return /^y(es)?$/i.test(await readAnswer({ stdin, stderr, question: `${question} [y/N] ` }));
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
