import { type Browser, chromium } from 'playwright-core';
import { lacks } from './system-packages.ts';

/** Whether the tests of the editor must be left out here. */
export const LACKS_BROWSER = lacks('chromium', 'chromium');

export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...more,
    ],
  });
}
