import { l10n } from 'vscode';
import { checkOptions } from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';
import { readSettings } from '../settings/settings.ts';
import { showReport } from '../window/report-document.ts';
import type { Shell } from '../window-services.ts';
import { keytermsSource, previewed } from '../words/workspace-keyterms.ts';

/** Shows what a dictation that began now would send, before any of it is sent. */
export async function previewKeyterms({ context, clock }: Shell): Promise<void> {
  const chosen = readSettings();
  const own = checkOptions(chosen.options).settings.keyterms;
  const { listed, harvested, notes } = await previewed(chosen, clock);
  const summary = {
    on: l10n.t('A dictation sends all of these to the recogniser.'),
    off: l10n.t(
      'lull.keytermsFromWorkspace is off: a dictation sends only those of lull.keyterms.',
    ),
    'not-trusted': l10n.t('This workspace is not trusted, so nothing is taken from it.'),
  }[keytermsSource(chosen)];
  const report = [
    `# ${l10n.t('Keyterms')}`,
    summary,
    ...section('lull.keyterms', own),
    ...(listed.length + notes.length === 0 ? [] : section('.lull/keyterms', listed)),
    ...notes.map(({ message }) => plainLabel(message)),
    ...section('lull.keytermsFromWorkspace', harvested),
  ].join('\n\n');
  await showReport('Lull Keyterms.md', `${report}\n`, context);
}

function section(title: string, terms: readonly string[]): readonly string[] {
  const list = terms.map((term) => `- ${plainLabel(term)}`).join('\n');
  return [`## ${title} (${terms.length})`, ...(list === '' ? [] : [list])];
}
