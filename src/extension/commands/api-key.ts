import { l10n, window } from 'vscode';
import { checkKey, chosenEndpoint, DictationError, isAssemblyAi } from '../../core/index.ts';
import { readSettings } from '../settings/settings.ts';
import { tryKey } from '../settings/try-key.ts';
import { tellError } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';

/** Resolves to whether a key was saved that may be good. */
export async function setApiKey({ keys, log, clock }: Shell): Promise<boolean> {
  const endpoint = chosenEndpoint(readSettings());
  const { host } = new URL(endpoint);
  const key = await window.showInputBox({
    title: isAssemblyAi(endpoint) ? l10n.t('AssemblyAI API key') : l10n.t('Key for {0}', host),
    prompt: isAssemblyAi(endpoint)
      ? l10n.t(
          'From https://www.assemblyai.com/dashboard; kept in the secret storage of this editor',
        )
      : l10n.t('It is sent to {0} only, and kept in the secret storage of this editor', host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? undefined : faultOf(text.trim())),
  });
  if (key === undefined || key.trim() === '') return false;
  await keys.save(key, endpoint);
  log.info('An API key was saved');
  const verdict = await tryKey(key.trim(), { endpoint, clock });
  log.info(`The service was asked about the key: ${verdict}`);
  if (verdict === 'refused') {
    const message = l10n.t('The service refuses this key; copy it again from the dashboard');
    void tellError({ code: 'key-refused', message });
    return false;
  }
  const sentence =
    verdict === 'accepted'
      ? l10n.t('Lull: The key is saved, and the service takes it')
      : l10n.t('Lull: The key is saved; the first dictation will show whether it works');
  void window.showInformationMessage(sentence);
  return true;
}

export async function removeApiKey({ keys, log }: Shell): Promise<void> {
  const endpoint = chosenEndpoint(readSettings());
  const had = (await keys.find(endpoint)) !== undefined;
  await keys.remove(endpoint);
  log.info('The API key was removed');
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
