import { commands, type ExtensionContext, env, l10n, type Memento, Uri, window } from 'vscode';
import { isAssemblyAi } from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';
import type { LocalEngine } from '../settings/local-engine.ts';

const CONSENT = 'consent';
const KEYTERMS = 'keyterms';
/** Of the names in a question: enough to see what they are like. */
const MOST_NAMED = 12;
const POLICY = 'https://www.assemblyai.com/legal/privacy-policy';

/** Asks once for each place the voice would go to, before anything is recorded. */
export async function askConsent(
  host: string,
  { state, localEngine }: { readonly state: Memento; readonly localEngine: LocalEngine },
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
          : l10n.t('Ask whoever runs that server what it keeps and what it costs.'),
        l10n.t('You can withdraw this at any time with the command Lull: Withdraw Consent.'),
      ].join('\n\n'),
    },
    send,
    ...((await localEngine.presence()) === 'ready' ? [local] : []),
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
      ? l10n.t('Lull: There was no consent to withdraw')
      : l10n.t('Lull: Nothing more is sent to {0} until you are asked again', hosts.join(', ')),
  );
}

function consents(state: Memento): readonly string[] {
  return state.get<readonly string[]>(CONSENT, []);
}
