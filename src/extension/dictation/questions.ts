import {
  type CancellationToken,
  ConfigurationTarget,
  commands,
  type ExtensionContext,
  env,
  l10n,
  type Memento,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from 'vscode';
import { checkEndpoint, DictationError, isAssemblyAi, isLoopback } from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';
import type { Settings } from '../settings/settings.ts';

/** What only the person can say. A question that is dismissed is answered: nothing waits for it. */
export type WhoRecognizes = 'key' | 'local' | 'server' | 'cancelled';

const CONSENT = 'consent';
const KEYTERMS = 'keyterms';
/** Of the names in a question: enough to see what they are like. */
const MOST_NAMED = 12;
const POLICY = 'https://www.assemblyai.com/legal/privacy-policy';

interface Choice extends QuickPickItem {
  readonly who: WhoRecognizes;
}

/** Nobody is set to recognise: the person decides, in a list that does not fold away. */
export async function askWhoRecognizes(
  localEngine: 'installed' | 'absent',
  token?: CancellationToken,
): Promise<WhoRecognizes> {
  const local: Choice =
    localEngine === 'installed'
      ? {
          who: 'local',
          label: `$(device-desktop) ${l10n.t('Recognise on this machine')}`,
          detail: l10n.t('Free, in English; your voice stays here.'),
        }
      : {
          who: 'server',
          label: `$(device-desktop) ${l10n.t('Recognise on this machine')}`,
          detail: l10n.t('Free; run lull serve in a terminal and paste the address it prints.'),
        };
  const choices: readonly Choice[] = [
    {
      who: 'key',
      label: `$(key) ${l10n.t('Enter an AssemblyAI key')}`,
      detail: l10n.t('Recognises best; billed by the second while you speak, $0.45 an hour.'),
    },
    local,
    { who: 'cancelled', label: `$(close) ${l10n.t('Not now')}` },
  ];
  const choice = await window.showQuickPick(
    choices,
    { title: l10n.t('Lull: Who shall recognise what you say?'), ignoreFocusOut: true },
    token,
  );
  return choice?.who ?? 'cancelled';
}

/** What an answer changes; the settings themselves are told of it a moment later. */
export type Answered = Partial<Pick<Settings, 'engine' | 'endpoint'>>;

/** Sets up what was chosen; nothing where nobody recognises after all. */
export async function setUp(
  who: WhoRecognizes,
  token?: CancellationToken,
): Promise<Answered | undefined> {
  if (who === 'cancelled') return undefined;
  if (who === 'server') return askForServer(token);
  if (who === 'key') {
    return (await commands.executeCommand<boolean>('lull.setApiKey')) ? {} : undefined;
  }
  await chooseLocalEngine();
  return { engine: 'local' };
}

export async function chooseLocalEngine(): Promise<void> {
  await workspace.getConfiguration('lull').update('engine', 'local', ConfigurationTarget.Global);
}

async function askForServer(token?: CancellationToken): Promise<Answered | undefined> {
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
  return { endpoint };
}

function faultOfAddress(address: string): string | undefined {
  try {
    const { hostname, port } = new URL(checkEndpoint(address.trim()));
    return isLoopback(hostname) && port === ''
      ? l10n.t('The number behind the colon is missing')
      : undefined;
  } catch (error) {
    return error instanceof DictationError ? error.message : l10n.t('This is no address');
  }
}

/** Asks once for each place the voice would go to, before anything is recorded. */
export async function askConsent(
  host: string,
  { state, localEngine }: { readonly state: Memento; readonly localEngine: 'installed' | 'absent' },
): Promise<'send' | 'local' | 'cancelled'> {
  const given = consents(state);
  if (given.includes(host)) return 'send';
  const send = l10n.t('Send');
  const local = l10n.t('Use the Local Engine');
  const policy = l10n.t('Read the Policy');
  const isVendor = isAssemblyAi(`wss://${host}`);
  const answer = await window.showInformationMessage(
    isVendor
      ? l10n.t('Lull: Send your voice to AssemblyAI, Inc. ({0})?', host)
      : l10n.t('Lull: Send your voice to {0}?', host),
    {
      modal: true,
      detail: [
        l10n.t(
          'While you dictate, the sound of your microphone and your keyterms go there, and to nobody else; nothing is sent before you start or after Lull hangs up.',
        ),
        isVendor
          ? l10n.t(
              'The open session is billed by the second: $0.45 an hour at list price with the default model. What the company keeps is in its privacy policy.',
            )
          : l10n.t('What that server keeps and costs, only who runs it can say.'),
        l10n.t('Take this back at any time with the command Lull: Withdraw Consent.'),
      ].join('\n\n'),
    },
    send,
    ...(localEngine === 'installed' ? [local] : []),
    ...(isVendor ? [policy] : []),
  );
  if (answer === policy) void env.openExternal(Uri.parse(POLICY));
  if (answer === local) return 'local';
  if (answer !== send) return 'cancelled';
  await state.update(CONSENT, [...given, host]);
  return 'send';
}

/** Asks once in each workspace, before any of its words leave the machine. */
export async function askKeyterms(
  host: string,
  { state, terms }: { readonly state: Memento; readonly terms: readonly string[] },
): Promise<'send' | 'keep'> {
  const given = state.get<unknown>(KEYTERMS);
  if (given === 'send' || given === 'keep') return given;
  const send = l10n.t('Send');
  const keep = l10n.t('Keep Them Here');
  const preview = l10n.t('Preview');
  const answer = await window.showInformationMessage(
    l10n.t('Lull: Send names of this workspace to {0}, so that they are recognised?', host),
    {
      modal: true,
      detail: [
        terms.slice(0, MOST_NAMED).map(plainLabel).join(', '),
        l10n.t('Files of secrets are not read, and what looks like a secret is left out.'),
      ]
        .filter((text) => text !== '')
        .join('\n\n'),
    },
    send,
    keep,
    preview,
  );
  if (answer === preview) void commands.executeCommand('lull.previewKeyterms');
  if (answer !== send && answer !== keep) return 'keep';
  await state.update(KEYTERMS, answer === send ? 'send' : 'keep');
  return answer === send ? 'send' : 'keep';
}

/** Lull asks again before the voice goes anywhere. */
export async function withdrawConsent({
  globalState: state,
  workspaceState,
}: Pick<ExtensionContext, 'globalState' | 'workspaceState'>): Promise<void> {
  const hosts = consents(state);
  await state.update(CONSENT, undefined);
  await workspaceState.update(KEYTERMS, undefined);
  void window.showInformationMessage(
    hosts.length === 0
      ? l10n.t('Lull: There was no consent to take back')
      : l10n.t(
          'Lull: Nothing is sent to {0} any more before you are asked again',
          hosts.join(', '),
        ),
  );
}

function consents(state: Memento): readonly string[] {
  return state.get<readonly string[]>(CONSENT, []);
}
