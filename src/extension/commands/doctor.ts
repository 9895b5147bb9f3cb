import { env, l10n, ProgressLocation, version, window } from 'vscode';
import {
  type DoctorReport,
  runDoctor as examine,
  type PlannedService,
  type RungCheck,
} from '../../host/index.ts';
import { plainLabel } from '../../text/index.ts';
import { findPlan, noKeyFor } from '../dictation/service.ts';
import { recorderOptions } from '../settings/microphone.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { asFailure } from '../window/failure.ts';
import { levelBar } from '../window/level-meter.ts';
import { showReport } from '../window/report-document.ts';
import type { Shell } from '../window-services.ts';

const SIGNS = { ok: '✓', warning: '!', failed: '✗', skipped: '–', 'not-tried': '–' } as const;

/** Tries everything a dictation needs and shows the findings as a document. */
export async function runDoctor(shell: Shell): Promise<void> {
  const { clock, localEngine } = shell;
  const settings = readSettings();
  const service = await plan(shell, settings);
  const report = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Lull: Trying everything a dictation needs'),
    },
    () =>
      examine({
        ...recorderOptions(settings, clock),
        service,
        inspectEngine: () => localEngine.lack(),
      }),
  );
  await showReport('Lull Doctor.md', asMarkdown(report, shell), shell.context);
}

async function plan({ keys }: Shell, settings: Settings): Promise<PlannedService> {
  try {
    const found = await findPlan(settings, keys);
    if (found.engine === 'none') return { engine: 'none', error: noKeyFor(found.host) };
    if (found.engine === 'assemblyai') {
      return {
        engine: 'assemblyai',
        endpoint: found.endpoint,
        hasKey: found.credential !== 'none',
      };
    }
    if (found.cause === 'asked-for') return { engine: 'local' };
    return { engine: 'none', error: noKeyFor('streaming.assemblyai.com') };
  } catch (error) {
    return { engine: 'none', error: asFailure(error) };
  }
}

function asMarkdown({ checks, rungs, microphone, failure }: DoctorReport, shell: Shell): string {
  const { version: own } = shell.context.extension.packageJSON as { readonly version: string };
  const { device, firstSampleMs, levelDb, warnings, error } = microphone;
  const heard = error
    ? plainLabel(error.message)
    : l10n.t(
        '{0}: first sample after {1} ms, loudest {2} dB {3}',
        plainLabel(device),
        firstSampleMs ?? 0,
        Math.round(levelDb ?? 0),
        levelBar(levelDb ?? 0),
      );
  return [
    `# ${l10n.t('Lull Doctor')}`,
    failure ? `✗ ${plainLabel(failure.message)}` : `✓ ${l10n.t('A dictation would work')}`,
    `Lull ${own}, ${env.appName} ${version}`,
    checks
      // The folder of the command line; here keys and settings are VS Code's.
      .filter(({ name }) => name !== 'config')
      .map(({ state, message }) => `- ${SIGNS[state]} ${plainLabel(message)}`)
      .join('\n'),
    `## ${l10n.t('Microphone')}`,
    [
      `- ${error ? SIGNS.failed : SIGNS.ok} ${heard}`,
      ...warnings.map((each) => `- ! ${plainLabel(each)}`),
    ].join('\n'),
    `## ${l10n.t('Recorders')}`,
    rungs.map(describeRung).join('\n'),
    '',
  ].join('\n\n');
}

function describeRung({ name, state, firstSampleMs, detail }: RungCheck): string {
  const sign = state === 'works' ? SIGNS.ok : SIGNS.skipped;
  const more = [firstSampleMs === undefined ? '' : `${firstSampleMs} ms`, detail ?? ''];
  return `- ${sign} ${[name, state.replaceAll('-', ' '), ...more].filter(Boolean).map(plainLabel).join(', ')}`;
}
