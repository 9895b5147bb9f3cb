import process from 'node:process';
import { type Clock, DictationError } from '../../core/index.ts';
import { testMicrophone } from '../microphone/microphone-test.ts';
import type { RecorderOptions } from '../microphone/recorder.ts';
import { planRecording } from '../microphone/recorder-plan.ts';
import { checkConfig, type Mending } from './check-config.ts';
import { checkService } from './check-endpoint.ts';
import { probeRung } from './probe-rung.ts';
import type { Check, DoctorReport, RungCheck } from './report.ts';
import { type TriedService, tryKey } from './try-key.ts';

export interface DoctorRequest extends Omit<RecorderOptions, 'rungs'> {
  readonly clock: Clock;
  readonly service: PlannedService;
  readonly mending?: Mending;
  /** What the local engine lacks; `undefined` where it can run. */
  readonly inspectEngine: () => Promise<string | undefined>;
  onCheck?(check: Check): void;
  onRung?(rung: RungCheck): void;
}

/** Who would recognise a dictation; `error` is why nobody could be planned. */
export type PlannedService =
  | {
      readonly engine: 'assemblyai';
      readonly endpoint: string;
      readonly hasKey: boolean;
      /** The key is tried with a session that may be billed. */
      readonly tried?: TriedService;
    }
  /** `unavailable`: what to say instead where the engine was only a way out. */
  | { readonly engine: 'local'; readonly unavailable?: DictationError }
  | { readonly engine: 'none'; readonly error: DictationError };

const LISTEN_MS = 1_000;

/** Looks at everything a dictation needs. Never rejects. */
export async function runDoctor(request: DoctorRequest): Promise<DoctorReport> {
  const { service, clock, env = process.env, mending = 'not-asked-for' } = request;
  const checks: Check[] = [];
  const add = (...found: readonly Check[]) => {
    checks.push(...found);
    for (const check of found) request.onCheck?.(check);
  };
  add(checkRuntime(), await checkConfig(env, mending), await checkKey(service, clock));
  if (service.engine === 'assemblyai') add(...(await checkService(service.endpoint, clock)));
  add(await checkEngine(request));

  const rungs: RungCheck[] = [];
  for await (const rung of probeRungs(request)) {
    rungs.push(rung);
    request.onRung?.(rung);
  }
  const microphone = await testMicrophone({ ...request, durationMs: LISTEN_MS });

  const failure = firstFailure(checks, microphone.error);
  return { checks, rungs, microphone, ...(failure ? { failure } : {}) };
}

/** What a dictation would end with: it looks for who recognises before it records or connects. */
export function firstFailure(
  checks: readonly Check[],
  microphone: DictationError | undefined,
): DictationError | undefined {
  const failed = checks.filter(({ error }) => error !== undefined);
  const ofService = failed.find(({ name }) => name === 'key' || name === 'engine');
  return ofService?.error ?? microphone ?? failed[0]?.error;
}

async function* probeRungs(request: DoctorRequest): AsyncGenerator<RungCheck> {
  const { clock, platform = process.platform, env = process.env } = request;
  try {
    const { rungs } = await planRecording({ ...request, platform, env });
    for (const rung of rungs) yield await probeRung(rung, { clock, env, platform });
  } catch (error) {
    // Which device is wanted is not clear; the test of the microphone says so.
    if (!(error instanceof DictationError)) throw error;
  }
}

function checkRuntime(): Check {
  const { versions, platform, arch } = process;
  const { deno, bun, electron } = versions as Readonly<Record<string, string | undefined>>;
  const name = deno
    ? `Deno ${deno}`
    : bun
      ? `Bun ${bun}`
      : electron
        ? `Electron ${electron}`
        : `Node ${versions.node}`;
  return { name: 'runtime', state: 'ok', message: `${name} on ${platform} ${arch}` };
}

async function checkKey(service: PlannedService, clock: Clock): Promise<Check> {
  switch (service.engine) {
    case 'none': {
      const { error } = service;
      return { name: 'key', state: 'failed', message: error.message, error };
    }
    case 'local':
      return { name: 'key', state: 'skipped', message: 'The local engine needs no key' };
    default:
      if (service.tried) return tryKey(service.tried, clock);
      return service.hasKey
        ? {
            name: 'key',
            state: 'not-tried',
            message: 'A key is known but was not tried, because about a second would be billed',
          }
        : { name: 'key', state: 'skipped', message: 'A server on this machine may need no key' };
  }
}

async function checkEngine({ service, inspectEngine }: DoctorRequest): Promise<Check> {
  const lack = await inspectEngine().then(
    (advice) => advice && new DictationError('engine-unavailable', advice),
    (error: unknown) => {
      if (error instanceof DictationError) return error;
      throw error;
    },
  );
  if (!lack) return { name: 'engine', state: 'ok', message: 'The local engine can start' };
  const { message } = lack;
  if (service.engine !== 'local') return { name: 'engine', state: 'skipped', message };
  return { name: 'engine', state: 'failed', message, error: service.unavailable ?? lack };
}
