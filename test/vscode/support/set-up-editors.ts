import { setUpVSCode } from '../../../scripts/vscode-setup.mjs';
import { LACKS_BROWSER } from '../../support/browser.ts';

/** Both at once, before files that run at the same time ask for the same one. */
export async function setup(): Promise<void> {
  if (LACKS_BROWSER) return;
  await Promise.all([setUpVSCode('newest'), setUpVSCode('oldest')]);
}
