import { DictationError } from '../../core/index.ts';
import {
  createMonotonicClock,
  type DoctorReport,
  findTypingPrograms,
  type PlannedService,
  runDoctor,
} from '../../host/index.ts';
import type { DoctorArguments, ServiceChoice } from '../arguments.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { EXIT_OK, exitCodeFor } from '../exit-codes.ts';
import { withEngine } from '../load-engine.ts';
import { formatCheck, formatMicrophone, formatRung, formatTyping } from '../output/doctor-text.ts';
import { findService, noKeyFor, noRecognizer } from '../service.ts';
import { recorderSettings } from '../sources.ts';

/** Tries everything a dictation needs; the exit code is that of a dictation that would fail. */
export async function doctor(args: DoctorArguments, process: CliProcess): Promise<number> {
  const { service, device, format, keyTrial, mending } = args;
  const { stdout, env } = process;
  const { modelDir } = service;
  const isText = format === 'text';
  const say = (line: string) => {
    if (isText) stdout.write(`${line}\n`);
  };
  const report = await runDoctor({
    clock: createMonotonicClock(),
    env,
    device,
    ...(mending === undefined ? {} : { mending }),
    ...recorderSettings(env),
    service: await plan(service, { env, keyTrial }),
    inspectEngine: async () => {
      const inspect = await withEngine(({ inspectEngine }) =>
        inspectEngine(modelDir === undefined ? {} : { modelDir }),
      );
      return inspect.advice;
    },
    onCheck: (check) => say(formatCheck(check)),
    onRung: (rung) => say(formatRung(rung)),
  });
  const found = await findTypingPrograms({ env, platform: process.platform });
  const typing = found.map(({ program, path }) => ({ name: program.name, path }));
  if (isText) {
    say(formatMicrophone(report.microphone));
    say(formatTyping(typing));
  } else {
    await print(stdout, `${JSON.stringify({ ...forPrograms(report), typing })}\n`);
  }

  const { failure } = report;
  if (failure === undefined) {
    say('A dictation would work');
    return EXIT_OK;
  }
  // The sentence is part of the object already.
  if (!isText) return exitCodeFor(failure.area);
  throw failure;
}

async function plan(
  choice: ServiceChoice,
  { env, keyTrial }: Pick<CliProcess, 'env'> & Pick<DoctorArguments, 'keyTrial'>,
): Promise<PlannedService> {
  try {
    const { plan: found, key } = await findService(choice, env);
    switch (found.engine) {
      case 'assemblyai':
        return {
          engine: 'assemblyai',
          endpoint: found.endpoint,
          hasKey: found.credential !== 'none',
          ...(keyTrial === 'none'
            ? {}
            : { tried: { endpoint: found.endpoint, ...(key === undefined ? {} : { key }) } }),
        };
      case 'local':
        return {
          engine: 'local',
          ...(found.cause === 'no-key' ? { unavailable: noRecognizer() } : {}),
        };
      case 'none':
        return { engine: 'none', error: noKeyFor(found.host) };
      default:
        return found satisfies never;
    }
  } catch (error) {
    if (!(error instanceof DictationError) || error.area === 'usage') throw error;
    return { engine: 'none', error };
  }
}

/** Errors as code and sentence. */
function forPrograms({ checks, rungs, microphone, failure }: DoctorReport) {
  const plain = (error: DictationError | undefined) =>
    error && { code: error.code, message: error.message };
  return {
    works: failure === undefined,
    checks: checks.map(({ name, state, message }) => ({ name, state, message })),
    rungs,
    microphone: { ...microphone, error: plain(microphone.error) },
    failure: plain(failure),
  };
}
