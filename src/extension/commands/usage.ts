import { l10n } from 'vscode';
import { elapsed } from '../../text/index.ts';
import type { MonthlyUsage } from '../dictation/usage.ts';
import { dollars } from '../window/closing-line.ts';
import { showReport } from '../window/report-document.ts';
import type { Shell } from '../window-services.ts';

/** What dictation cost, month by month. */
export async function showUsage({ usage, context }: Shell): Promise<void> {
  const months = await usage.months();
  const heads = [
    l10n.t('Month'),
    l10n.t('Dictations'),
    l10n.t('Audio'),
    l10n.t('Billed'),
    l10n.t('List price'),
  ];
  const rows = [heads, heads.map(() => '---'), ...months.map(rowOf)];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const report = [
    `# ${l10n.t('What dictation cost')}`,
    ...(usage.lastLine === undefined ? [] : [usage.lastLine]),
    months.some(({ dictations }) => dictations > 0) ? table : l10n.t('Nothing was dictated yet.'),
    l10n.t('Months are in UTC, as the service bills. Your invoice may name a lower price.'),
  ].join('\n\n');
  await showReport('Lull Usage.md', `${report}\n`, context);
}

function rowOf({ month, dictations, audioSeconds, billedSeconds, costUsd }: MonthlyUsage) {
  const count = dictations === 1 ? l10n.t('1 dictation') : l10n.t('{0} dictations', dictations);
  const times = [audioSeconds, billedSeconds].map((seconds) => elapsed(seconds * 1_000));
  return [month, count, ...times, dollars(costUsd)];
}
