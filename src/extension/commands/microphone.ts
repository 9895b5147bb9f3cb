import {
  ConfigurationTarget,
  l10n,
  ProgressLocation,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode';
import { listDevices, testMicrophone as tryMicrophone } from '../../host/index.ts';
import { plainLabel } from '../../text/index.ts';
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

/** A list of microphones; the highlighted one is listened to, and the title shows its level. */
export async function chooseMicrophone({ clock }: Shell): Promise<void> {
  const { recorder, device: chosen } = readSettings();
  const devices = await listDevices();
  const current = { description: `$(check) ${l10n.t('in use')}` };
  const choices: readonly Choice[] = [
    { label: l10n.t('Default microphone'), device: '' },
    ...devices.map(({ id, name }) => ({ label: plainLabel(name), device: id })),
  ].map((each) => (each.device === (chosen ?? '') ? { ...each, ...current } : each));
  const picker = window.createQuickPick<Choice>();
  picker.title = l10n.t('Choose a microphone and speak');
  picker.placeholder = l10n.t('The highlighted one shows how loud it hears you');
  picker.items = choices;
  picker.activeItems = choices.filter(({ device }) => device === (chosen ?? ''));

  let meter: RunningMeter | undefined;
  let listened: string | undefined;
  // In the title: a list whose items are replaced forgets which one is highlighted.
  const tell = (choice: Choice, detail: string) => {
    if (listened === choice.device) picker.title = `${choice.label}  ${detail}`;
  };
  const listen = (choice: Choice | undefined) => {
    if (choice?.device === listened) return;
    meter?.stop();
    listened = choice?.device;
    if (!choice) return;
    const { device } = choice;
    let drawnAtMs = 0;
    const own = startMeter(
      openMicrophone({ device: device === '' ? undefined : device, recorder }, clock),
      (db) => {
        if (clock.now() - drawnAtMs < SHORTEST_DRAW_MS) return;
        drawnAtMs = clock.now();
        tell(choice, levelBar(db));
      },
    );
    meter = own;
    void own.ended.then((ending) => {
      if (ending.kind === 'failed') tell(choice, plainLabel(ending.error.message));
    });
  };
  picker.onDidChangeActive(([active]) => active && listen(active));

  const choice = await new Promise<Choice | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
    // VS Code tells of a change only, and the first one is highlighted from the start.
    listen(picker.activeItems[0]);
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
      title: l10n.t('Lull: Speak now'),
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
