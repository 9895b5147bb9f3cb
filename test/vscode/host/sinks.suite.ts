import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import { window, workspace } from 'vscode';
import { showHistory } from '../../../src/extension/commands/history.ts';
import { Announcer } from '../../../src/extension/window/announcer.ts';
import { tellError, Unplaced, Warnings } from '../../../src/extension/window/notices.ts';
import { describeStatus } from '../../../src/extension/window/status-text.ts';
import type { Shell } from '../../../src/extension/window-services.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';

const LINK = '[Fix it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)';
const hostile = fc.oneof(
  fc.constantFrom(
    LINK,
    '$(alert) alert',
    '<a href="command:x">x</a>',
    '`code`',
    '[a\u200b](command:x)',
  ),
  fc.string({
    unit: fc.constantFrom(...'[]()$<>`:/', 'command', 'x', ' ', '\u202e', '\n'),
    maxLength: 200,
  }),
  fc.tuple(fc.string(), fc.constant(LINK), fc.string()).map((parts) => parts.join('')),
);

/** What VS Code would make more of than letters: a link, a tag, code or an icon. */
const ALIVE = /\]\(|\$\(|<\w|`|command:|[\u200b\u202e\n]/;
/** Longer than our own words around the longest text from outside. */
const MOST_CHARACTERS = 300;

const originals = {
  showErrorMessage: window.showErrorMessage,
  showWarningMessage: window.showWarningMessage,
  showInformationMessage: window.showInformationMessage,
  showQuickPick: window.showQuickPick,
  withProgress: window.withProgress,
};

describe('text from outside', () => {
  afterEach(async () => {
    Object.assign(window, originals);
    await workspace.getConfiguration('lull').update('announcements', undefined, true);
  });

  it('is never a link, a command or an icon, wherever it is shown', async () => {
    await workspace.getConfiguration('lull').update('announcements', 'on', true);
    let shown: string[] = [];
    const record = async (text: string) => void shown.push(text);
    Object.assign(window, {
      showErrorMessage: record,
      showWarningMessage: record,
      showInformationMessage: record,
      showQuickPick: async (items: readonly { readonly label: string }[]) =>
        void shown.push(...items.map(({ label }) => label)),
      withProgress: async ({ title }: { readonly title: string }) => void shown.push(title),
    });
    const clock = createMonotonicClock();
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        shown = [];
        for (const code of ['service-failed', 'request-refused', 'invalid-option'] as const) {
          const error = { code, message: text };
          const { tooltip, spoken } = describeStatus({ kind: 'problem', error }, 0);
          shown.push(tooltip, spoken);
          await tellError(error);
        }
        new Warnings().tell('any', text);
        new Unplaced().offer('words', text);
        new Announcer(clock).say(text);
        const phrases = [{ text, atMs: 0, fate: 'typed' as const }];
        await showHistory({ history: { phrases } } as unknown as Shell);
        assert.ok(shown.length >= 13, `${shown.length}`);
        assert.deepEqual(
          shown.filter((each) => ALIVE.test(each)),
          [],
        );
        assert.deepEqual(
          shown.filter((each) => each.length > MOST_CHARACTERS),
          [],
        );
      }),
    );
  }).timeout(60_000);
});
