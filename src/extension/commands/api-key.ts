import { l10n, window } from 'vscode';
import { checkKey, DictationError } from '../../core/index.ts';
import type { Shell } from '../window-services.ts';

/** Resolves to whether a key was saved. */
export async function setApiKey({ keys, log }: Shell): Promise<boolean> {
  const key = await window.showInputBox({
    title: l10n.t('AssemblyAI API key'),
    prompt: l10n.t(
      'From https://www.assemblyai.com/dashboard; kept in the secret storage of this editor',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => faultOf(text.trim()),
  });
  if (key === undefined) return false;
  await keys.save(key);
  log.info('an API key was saved');
  void window.showInformationMessage(l10n.t('Lull: The key is saved'));
  return true;
}

export async function removeApiKey({ keys, log }: Shell): Promise<void> {
  const had = (await keys.find()) !== undefined;
  await keys.remove();
  log.info('the API key was removed');
  void window.showInformationMessage(
    had ? l10n.t('Lull: The key is forgotten') : l10n.t('Lull: There was no key to forget'),
  );
}

function faultOf(key: string): string | undefined {
  try {
    checkKey(key, 'That key');
    return undefined;
  } catch (error) {
    return error instanceof DictationError ? error.message : undefined;
  }
}
