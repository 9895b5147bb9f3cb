import {
  ConfigurationTarget,
  l10n,
  ProgressLocation,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode';
import { listDevices, testMicrophone as tryMicrophone } from '../../host/index.ts';
import { openMicrophone, recorderOptions } from '../settings/microphone.ts';
import { readSettings } from '../settings/settings.ts';
import { levelBar, type RunningMeter, startMeter } from '../window/level-meter.ts';
import { tellError } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';

const TEST_MS = 5_000;
const SHORTEST_DRAW_MS = 100;
/** Speech into a microphone that is set right is well above this. */
const QUIET_DB = -45;

interface Choice extends QuickPickItem {
  /** Empty is the system's default. */
  readonly device: string;
}

/** A list of microphones, in which the highlighted one shows its level. */
export async function chooseMicrophone({ clock }: Shell): Promise<void> {
  const { recorder, device: chosen } = readSettings();
  const devices = await listDevices();
  const choices: readonly Choice[] = [
    { label: l10n.t('Default microphone'), device: '' },
    ...devices.map(({ id, name }) => ({ label: name, device: id })),
  ];
  const picker = window.createQuickPick<Choice>();
  picker.title = l10n.t('Choose a microphone and speak');
  picker.items = choices;
  picker.activeItems = choices.filter(({ device }) => device === (chosen ?? ''));

  let meter: RunningMeter | undefined;
  const listen = (choice: Choice | undefined) => {
    meter?.stop();
    if (!choice) return;
    const device = choice.device === '' ? undefined : choice.device;
    let drawnAtMs = 0;
    meter = startMeter(openMicrophone({ device, recorder }, clock), (db) => {
      if (clock.now() - drawnAtMs < SHORTEST_DRAW_MS) return;
      drawnAtMs = clock.now();
      picker.placeholder = `${choice.label}  ${levelBar(db)}`;
    });
    const own = meter;
    void meter.ended.then((ending) => {
      if (own === meter && ending.kind === 'failed') picker.placeholder = ending.error.message;
    });
  };
  picker.onDidChangeActive(([active]) => listen(active));

  const choice = await new Promise<Choice | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  meter?.stop();
  picker.dispose();
  if (!choice) return;
  await workspace
    .getConfiguration('lull')
    .update('device', choice.device || undefined, ConfigurationTarget.Global);
}

/** A few seconds of level, and a sentence on what was heard. */
export async function testMicrophone({ clock }: Shell): Promise<void> {
  const test = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Lull: Speak, and watch the level'),
    },
    (progress) => {
      let drawnAtMs = 0;
      return tryMicrophone({
        ...recorderOptions(readSettings(), clock),
        durationMs: TEST_MS,
        onLevel(db) {
          if (clock.now() - drawnAtMs < SHORTEST_DRAW_MS) return;
          drawnAtMs = clock.now();
          progress.report({ message: levelBar(db) });
        },
      });
    },
  );
  if (test.error) return tellError(test.error);
  void window.showInformationMessage(verdict(test.levelDb ?? QUIET_DB));
}

function verdict(loudestDb: number): string {
  const level = Math.round(loudestDb);
  return loudestDb < QUIET_DB
    ? l10n.t('Lull: The microphone works but is very quiet ({0} dB)', level)
    : l10n.t('Lull: The microphone works ({0} dB)', level);
}
