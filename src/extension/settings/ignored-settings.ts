import { type LogOutputChannel, l10n, Uri, window, workspace } from 'vscode';

/** What decides where the voice goes, which program runs and what is paid; never a workspace's to say. */
const OWN = [
  ...['recorder', 'device', 'endpoint', 'tokenUrl', 'engine', 'region'],
  ...['model', 'mode', 'keytermsFromWorkspace', 'filterCommand', 'submit', 'monthlyBudgetUsd'],
];

/** VS Code ignores these in a workspace's settings; whoever wrote them there should hear of it. */
export async function tellIgnoredSettings(log: LogOutputChannel): Promise<void> {
  const texts = await Promise.all((workspace.workspaceFolders ?? []).map(({ uri }) => read(uri)));
  const ignored = OWN.filter((name) => texts.some((text) => text.includes(`"lull.${name}"`)));
  if (ignored.length === 0) return;
  const names = ignored.map((name) => `lull.${name}`).join(', ');
  log.warn(`The settings of this workspace are ignored for ${names}`);
  void window.showWarningMessage(
    l10n.t('Lull: This workspace sets {0}, which only your own settings can; it is ignored', names),
  );
}

async function read(folder: Uri): Promise<string> {
  try {
    const file = Uri.joinPath(folder, '.vscode', 'settings.json');
    return Buffer.from(await workspace.fs.readFile(file)).toString();
  } catch {
    // No settings, so none to ignore.
    return '';
  }
}
