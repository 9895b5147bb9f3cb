import { l10n, window } from 'vscode';
import { elapsed } from '../window/status-text.ts';
import type { Shell } from '../window-services.ts';

export function showUsage({ usage }: Shell): void {
  const { dictations, audioSeconds, billedSeconds, costUsd } = usage.thisMonth();
  void window.showInformationMessage(
    l10n.t(
      'Lull this month: {0} dictations, {1} of audio, {2} billed, {3} at list price',
      dictations,
      elapsed(audioSeconds * 1_000),
      elapsed(billedSeconds * 1_000),
      `$${costUsd.toFixed(costUsd < 1 ? 4 : 2)}`,
    ),
  );
}
