import { describe, expect, test } from 'vitest';
import { LACKS_BROWSER } from '../support/browser.ts';
import { runInHost } from './support/in-host.ts';

const RELEASES = LACKS_BROWSER ? [] : (['newest', 'oldest'] as const);

test.skipIf(LACKS_BROWSER)('there is a VS Code to test in', () => {
  expect(RELEASES).not.toEqual([]);
});

// The tests run in the extension host, before Vitest asks which there are; each is one here too.
// They mostly wait for sound and silence, so both editors can do it at the same time.
const runs = await Promise.all(RELEASES.map((release) => runInHost({ release })));

for (const { vscode, results } of runs) {
  describe(`in the extension host of VS Code ${vscode}`, () => {
    test('runs its tests', () => expect(results.length).toBeGreaterThan(0));

    for (const { title, error } of results) {
      test(title, () => expect(error).toBeUndefined());
    }
  });
}
