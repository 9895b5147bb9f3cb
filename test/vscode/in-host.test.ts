import { describe, expect, test } from 'vitest';
import { LACKS_BROWSER } from '../support/browser.ts';
import { runInHost } from './support/in-host.ts';

/** In the oldest, what asks VS Code itself for something; what Lull decides is tried in the newest. */
const OLDEST =
  '^(the extension |typing into |where dictation types (?!.*very large)|a dictation types )';
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
