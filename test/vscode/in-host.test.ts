import { describe, expect, test } from 'vitest';
import { LACKS_BROWSER } from '../support/browser.ts';
import { runInHost } from './support/in-host.ts';

/**
 * In the oldest, what asks VS Code itself for something; what Lull decides is tried in the newest. Left
 * out is the place that is brought into view: 1.90 fails it, and why is not known yet.
 */
const OLDEST =
  '^(the extension |typing into (?!.*into view)|where dictation types (?!.*very large)|a dictation types )';
const RELEASES = LACKS_BROWSER
  ? []
  : ([{ release: 'newest' }, { release: 'oldest', titles: OLDEST }] as const);

test.skipIf(LACKS_BROWSER)('there is a VS Code to test in', () => {
  expect(RELEASES).not.toEqual([]);
});

// The tests run in the extension host, before Vitest asks which there are; each is one here too.
for (const options of RELEASES) {
  const { vscode, results } = await runInHost(options);

  describe(`in the extension host of VS Code ${vscode}`, () => {
    test('runs its tests', () => expect(results.length).toBeGreaterThan(0));

    for (const { title, error } of results) {
      test(title, () => expect(error).toBeUndefined());
    }
  });
}
