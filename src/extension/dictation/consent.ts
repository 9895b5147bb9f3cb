import { l10n, type Memento, window } from 'vscode';

const NAME = 'consent';

/** Asks once for each place the voice would go to, before anything is recorded. */
export async function askConsent(
  host: string,
  { state, localEngine }: { readonly state: Memento; readonly localEngine: 'installed' | 'absent' },
): Promise<'send' | 'local' | 'cancelled'> {
  const given = state.get<readonly string[]>(NAME, []);
  if (given.includes(host)) return 'send';
  const send = l10n.t('Send');
  const local = l10n.t('Use the Local Engine');
  const answer = await window.showInformationMessage(
    l10n.t(
      'While you dictate, Lull sends your voice to {0}, and to nobody else; it stops when you stop talking.',
      host,
    ),
    { modal: true },
    send,
    ...(localEngine === 'installed' ? [local] : []),
  );
  if (answer === local) return 'local';
  if (answer !== send) return 'cancelled';
  await state.update(NAME, [...given, host]);
  return 'send';
}
