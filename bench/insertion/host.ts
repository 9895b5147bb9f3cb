import { runSuites } from '../../test/vscode/host/run-suites.ts';

/** What VS Code calls in the extension host. */
export function run(): Promise<void> {
  return runSuites(() => import('./measure.ts'));
}
