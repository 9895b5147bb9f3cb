import {
  type CancellationToken,
  ConfigurationTarget,
  commands,
  l10n,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode';
import { checkEndpoint, DictationError, isLoopback } from '../../core/index.ts';
import { chooseEngine, type LocalEngine } from '../settings/local-engine.ts';
import type { Settings } from '../settings/settings.ts';

/** What only the person can say. A question that is dismissed is answered: nothing waits for it. */
export type WhoRecognizes = 'key' | 'local' | 'fetch' | 'server' | 'cancelled';

interface Choice extends QuickPickItem {
  readonly who: WhoRecognizes;
}

/** Nobody is set to recognise: the person decides, in a list that does not fold away. */
export async function askWhoRecognizes(
  localEngine: LocalEngine,
  token?: CancellationToken,
): Promise<WhoRecognizes> {
  const choices: readonly Choice[] = [
    {
      who: 'key',
      label: `$(key) ${l10n.t('Enter an AssemblyAI key')}`,
      detail: l10n.t('Recognises best; billed by the second while you speak, $0.45 an hour.'),
    },
    await choiceOf(localEngine),
    { who: 'cancelled', label: `$(close) ${l10n.t('Not now')}` },
  ];
  const choice = await window.showQuickPick(
    choices,
    { title: l10n.t('Lull: Who should recognise what you say?'), ignoreFocusOut: true },
    token,
  );
  return choice?.who ?? 'cancelled';
}

/** To recognise here, as far as that can be had. To choose a download is to agree to it. */
async function choiceOf(localEngine: LocalEngine): Promise<Choice> {
  switch (await localEngine.presence()) {
    case 'ready':
      return {
        who: 'local',
        label: `$(device-desktop) ${l10n.t('Dictate offline')}`,
        detail: l10n.t('Free, in English; your voice stays here.'),
      };
    case 'no-model': {
      const { url, bytes = 0, licence } = await localEngine.offer();
      const size = Math.round(bytes / 1_000_000);
      return {
        who: 'fetch',
        label: `$(cloud-download) ${l10n.t('Dictate offline (downloads {0} MB)', size)}`,
        detail: l10n.t(
          'Free, in English; your voice stays here. Downloaded once, from {0}; its licence is {1}.',
          new URL(url).host,
          licence,
        ),
      };
    }
    case 'fetching':
      return {
        who: 'cancelled',
        label: `$(sync~spin) ${l10n.t('Dictate offline')}`,
        detail: l10n.t('The speech model is on its way; Lull says when it is there.'),
      };
    case 'absent':
      return {
        who: 'server',
        label: `$(device-desktop) ${l10n.t('Recognise on this machine')}`,
        detail: l10n.t('Free; run lull serve in a terminal and paste the address it prints.'),
      };
  }
}

/** What an answer changes; the settings themselves are told of it a moment later. */
export type Answered = Partial<Pick<Settings, 'engine' | 'endpoint'>>;

/** Sets up what was chosen; nothing where nobody recognises yet. */
export async function setUp(
  who: WhoRecognizes,
  token?: CancellationToken,
): Promise<Answered | undefined> {
  switch (who) {
    case 'cancelled':
      return undefined;
    case 'fetch':
      void commands.executeCommand('lull.fetchModel');
      return undefined;
    case 'local':
      await chooseEngine('local');
      return { engine: 'local' };
    case 'key':
      if (!(await commands.executeCommand<boolean>('lull.setApiKey'))) return undefined;
      await chooseEngine('auto');
      return { engine: 'auto' };
    case 'server': {
      const endpoint = await askForServer(token);
      if (endpoint === undefined) return undefined;
      await chooseEngine('auto');
      return { endpoint, engine: 'auto' };
    }
    default:
      return who satisfies never;
  }
}

async function askForServer(token?: CancellationToken): Promise<string | undefined> {
  const address = await window.showInputBox(
    {
      title: l10n.t('Lull: The address that lull serve prints'),
      prompt: l10n.t(
        'Run lull serve in a terminal; it prints an address such as {0}',
        'ws://127.0.0.1:8765',
      ),
      value: 'ws://127.0.0.1:',
      ignoreFocusOut: true,
      validateInput: faultOfAddress,
    },
    token,
  );
  if (address === undefined) return undefined;
  const endpoint = address.trim();
  const lull = workspace.getConfiguration('lull');
  await lull.update('endpoint', endpoint, ConfigurationTarget.Global);
  return endpoint;
}

function faultOfAddress(address: string): string | undefined {
  try {
    const { hostname, port } = new URL(checkEndpoint(address.trim()));
    return isLoopback(hostname) && port === ''
      ? l10n.t('The port number after the colon is missing')
      : undefined;
  } catch (error) {
    return error instanceof DictationError ? error.message : l10n.t('This is not an address');
  }
}
