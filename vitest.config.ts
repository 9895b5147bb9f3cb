import { defineConfig } from 'vitest/config';

const SLOW = [
  'test/engine/**',
  'test/runtimes/**',
  'test/e2e/**',
  'test/host/microphone/live/**',
  'test/vscode/**',
  'test/chaos/**',
  'test/packaging/**',
];

// What runs in real time, on real speech, takes its time. The groups follow each other, because the
// recogniser takes all of a processor and would make the measured times of the others wrong. Where a
// group mostly waits, two of its files run at a time, also on a machine of two processors.
const realTime = { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: './scripts/setup.mjs' };

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
          hookTimeout: 20_000,
          maxWorkers: 2,
          // Most of the time went into loading the same modules for each file anew.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...realTime,
          name: 'runtimes',
          include: ['test/runtimes/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...realTime,
          name: 'microphone',
          include: ['test/host/microphone/live/**/*.test.ts'],
          globalSetup: './test/support/sound/build-recorder.ts',
          // Times are measured, and sound is dropped where nobody takes it in time.
          fileParallelism: false,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          ...realTime,
          name: 'vscode',
          include: ['test/vscode/*.test.ts'],
          globalSetup: ['./scripts/setup.mjs', './test/vscode/support/set-up-editors.ts'],
          // Two workbenches at once are slower than one after the other, and each takes long to open.
          fileParallelism: false,
          // Where its files were only just fetched, the first start takes minutes.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 20_000 } },
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          ...realTime,
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          ...realTime,
          name: 'packaging',
          include: ['test/packaging/**/*.test.ts'],
          globalSetup: ['./scripts/setup.mjs', './test/support/sound/build-recorder.ts'],
          // What packs tells at length what it packed.
          silent: 'passed-only',
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...realTime,
          name: 'engine',
          expect: { poll: { timeout: 20_000 } },
          include: ['test/{engine,e2e}/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
