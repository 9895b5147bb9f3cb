import { l10n } from 'vscode';
import type { DictationEnd, DictationSettings } from '../../core/index.ts';
import { showPrice } from '../../text/index.ts';

/** What ended the dictation, and what it is billed, as one sentence. */
export function closingLine(
  end: Pick<DictationEnd, 'reason' | 'billedSeconds' | 'costUsd'>,
  { silenceMs, maxMs }: Pick<DictationSettings, 'silenceMs' | 'maxMs'>,
  wish: 'kept' | 'cancelled' = 'kept',
): string {
  const bill = billOf(end);
  switch (end.reason) {
    case 'silence':
      return l10n.t('Lull hung up after {0} of silence: {1}', seconds(silenceMs / 1_000), bill);
    case 'no-speech':
      return l10n.t('Lull heard no words and hung up: {0}', bill);
    case 'user':
      return wish === 'cancelled'
        ? l10n.t('Lull cancelled the dictation: {0}', bill)
        : l10n.t('Lull stopped: {0}', bill);
    case 'max-duration':
      return l10n.t(
        'Lull ended the dictation after {0}, the time limit: {1}',
        minutes(maxMs),
        bill,
      );
    case 'budget':
      return l10n.t("Lull ended the dictation because this month's budget is spent: {0}", bill);
    case 'suspended':
      return l10n.t('Lull ended the dictation because the computer slept: {0}', bill);
    case 'audio-ended':
      return l10n.t('Lull ended the dictation because the microphone stopped: {0}', bill);
    case 'error':
      return l10n.t('Lull ended the dictation because of a problem: {0}', bill);
    default:
      return end.reason satisfies never;
  }
}

/** "12 seconds billed, $0.0015". */
function billOf({ billedSeconds, costUsd }: Pick<DictationEnd, 'billedSeconds' | 'costUsd'>) {
  if (billedSeconds === 0) return l10n.t('nothing billed');
  const time = seconds(Math.ceil(billedSeconds));
  return costUsd !== undefined && costUsd > 0
    ? l10n.t('{0} billed, {1}', time, dollars(costUsd))
    : l10n.t('{0} billed', time);
}

export function seconds(count: number): string {
  return count === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', count);
}

export function dollars(usd: number): string {
  if (usd === 0) return '$0';
  return showPrice(usd) ?? l10n.t('less than $0.0001');
}

function minutes(ms: number): string {
  const count = Math.round(ms / 6_000) / 10;
  return count === 1 ? l10n.t('1 minute') : l10n.t('{0} minutes', count);
}
