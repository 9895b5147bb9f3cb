import { runSuites } from './run-suites.ts';

/** What VS Code calls in the extension host; it rejects when a test fails. */
export function run(): Promise<void> {
  return runSuites(() => import('./suites.ts'));
}
