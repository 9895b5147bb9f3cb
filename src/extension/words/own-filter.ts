import { type Filter, openFilter } from '../../host/index.ts';
import type { Settings } from '../settings/settings.ts';
import type { Warnings } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';

/** The command of the person's own that phrases go through; its first failure is told. */
export function openOwnFilter(
  { filterCommand: command }: Pick<Settings, 'filterCommand'>,
  { shell, warnings }: { readonly shell: Shell; readonly warnings: Warnings },
): Filter | undefined {
  if (command === undefined) return undefined;
  return openFilter({
    ...{ command, name: 'lull.filterCommand', env: process.env, platform: process.platform },
    clock: shell.clock,
    onTrouble(message) {
      shell.log.warn(`${message} (filter-failed)`);
      warnings.tell('filter-failed', message);
    },
  });
}
