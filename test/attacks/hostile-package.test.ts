import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

describe('whoever can change a package on its way to the people who build Lull', () => {
  test('puts another one in its place: each has a checksum in the lock file', () => {
    const { packages }: LockFile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const unchecked = Object.entries(packages)
      // The project itself is ''.
      .filter(([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-'))
      .map(([path]) => path);
    expect(unchecked).toEqual([]);
  });
});
