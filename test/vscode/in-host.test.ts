import { describe, expect, test } from 'vitest';
import { runInHost } from './support/in-host.ts';

// The tests run in the extension host, before Vitest asks which there are; each is one here too.
const RELEASES = ['newest', 'oldest'] as const;

for (const release of RELEASES) {
  const { vscode, results } = await runInHost({ release });

  describe(`in the extension host of VS Code ${vscode}`, () => {
    test('runs its tests', () => expect(results.length).toBeGreaterThan(0));

    for (const { title, error } of results) {
      test(title, () => expect(error).toBeUndefined());
    }
  });
}
