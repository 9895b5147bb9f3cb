import { ConfigurationTarget, commands, l10n, window, workspace } from 'vscode';

/** Nobody is set to recognise: the person decides. */
export async function askWhoRecognizes(
  localEngine: 'installed' | 'absent',
): Promise<'local' | 'key' | 'cancelled'> {
  const key = l10n.t('Set API Key');
  const local = l10n.t('Use the Local Engine');
  const answer = await window.showInformationMessage(
    l10n.t(
      'Lull needs someone who recognises speech: an AssemblyAI key, or the engine on this machine.',
    ),
    key,
    ...(localEngine === 'installed' ? [local] : []),
  );
  if (answer === key) {
    const saved = await commands.executeCommand<boolean>('lull.setApiKey');
    return saved ? 'key' : 'cancelled';
  }
  if (answer !== local) return 'cancelled';
  await chooseLocalEngine();
  return 'local';
}

export async function chooseLocalEngine(): Promise<void> {
  await workspace.getConfiguration('lull').update('engine', 'local', ConfigurationTarget.Global);
}
