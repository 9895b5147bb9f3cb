import { defineConfig } from 'vitest/config';

const SLOW = ['test/engine/**', 'test/runtimes/**', 'test/e2e/**'];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: SLOW,
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          // The model takes seconds to load and real speech is fed at the speed it was spoken.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'runtimes',
          include: ['test/{runtimes,e2e}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
