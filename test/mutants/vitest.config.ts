import { defineConfig } from 'vitest/config';

// Only the tables of the pure files: a mutant must be judged in moments, and by what a reader can check.
export default defineConfig({
  test: {
    include: [
      'test/core/{words,silence,sessions}/*.test.ts',
      'test/core/dictation/{dictation-step,progress}.test.ts',
    ],
    testTimeout: 10_000,
  },
});
