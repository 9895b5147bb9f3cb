import { EventEmitter, env, l10n, ProgressLocation, Uri, version, window, workspace } from 'vscode';
import { asDictationError } from '../failure.ts';
import { levelBar, startMeter } from '../level-meter.ts';
import { openMicrophone } from '../microphone.ts';
import { planService } from '../service.ts';
import { readSettings } from '../settings.ts';
import type { Shell } from '../shell.ts';

const SCHEME = 'lull-doctor';
const TRIAL_MS = 1_500;

/** Checks what a dictation needs and shows the findings as a document. */
export async function runDoctor(shell: Shell): Promise<void> {
  const report = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Lull: Looking at everything a dictation needs'),
    },
    () => examine(shell),
  );
  await show(report, shell);
}

async function examine(shell: Shell): Promise<string> {
  const { context } = shell;
  const sections = await Promise.all([
    section(l10n.t('Settings'), async () => {
      readSettings();
      return l10n.t('All of them can be used');
    }),
    section(l10n.t('Recogniser'), () => recognizer(shell)),
    section(l10n.t('Microphone'), () => microphone(shell)),
    section(l10n.t('Local engine'), () => localEngine(shell)),
  ]);
  const { version: own } = context.extension.packageJSON as { readonly version: string };
  return [
    `# ${l10n.t('Lull Doctor')}`,
    `Lull ${own}, ${env.appName} ${version}, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
    ...sections,
    '',
  ].join('\n\n');
}

async function section(title: string, check: () => Promise<string>): Promise<string> {
  try {
    return `## ✓ ${title}\n\n${await check()}`;
  } catch (error) {
    return `## ✗ ${title}\n\n${asDictationError(error).message}`;
  }
}

async function recognizer({ keys }: Shell): Promise<string> {
  const key = await keys.find();
  const plan = planService(readSettings(), key === undefined ? 'unknown' : 'known');
  if (plan.engine === 'local') return l10n.t('The local engine; no audio leaves this machine');
  if (plan.engine === 'undecided') return l10n.t('None is chosen yet; the first dictation asks');
  const host = plan.host ?? l10n.t('a server on this machine');
  return plan.credential === 'key'
    ? l10n.t('{0}, with the saved key', host)
    : l10n.t('{0}, without a key', host);
}

async function microphone({ clock }: Shell): Promise<string> {
  let loudestDb = Number.NEGATIVE_INFINITY;
  const source = openMicrophone(readSettings(), clock);
  const startedAtMs = clock.now();
  let firstAtMs: number | undefined;
  const meter = startMeter(source, (db) => {
    firstAtMs ??= clock.now();
    loudestDb = Math.max(loudestDb, db);
  });
  const cancel = clock.schedule(TRIAL_MS, () => meter.stop());
  const ending = await meter.ended;
  cancel();
  if (ending.kind === 'failed') throw ending.error;
  const delayMs = Math.round((firstAtMs ?? startedAtMs) - startedAtMs);
  return l10n.t(
    '{0}: first sample after {1} ms, loudest {2} dB {3}',
    source.name,
    delayMs,
    Math.round(loudestDb),
    levelBar(loudestDb),
  );
}

async function localEngine({ localEngine: engine }: Shell): Promise<string> {
  const report = await engine.report();
  if (!report) return l10n.t('Not part of this extension; `lull serve` runs it beside it');
  return report.advice ?? l10n.t('Installed: {0}', report.model.name);
}

const changed = new EventEmitter<Uri>();
let latest = '';
let isRegistered = false;

/** A document of its own kind: read-only, and nobody is asked to save it. */
async function show(report: string, { context }: Shell): Promise<void> {
  const uri = Uri.from({ scheme: SCHEME, path: 'Lull Doctor.md' });
  latest = report;
  if (!isRegistered) {
    isRegistered = true;
    context.subscriptions.push(
      changed,
      workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: changed.event,
        provideTextDocumentContent: () => latest,
      }),
    );
  }
  changed.fire(uri);
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
}
