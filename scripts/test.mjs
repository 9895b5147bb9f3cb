import { spawnSync } from 'node:child_process';
import { npm } from './npm.mjs';
import { setup } from './setup.mjs';

setup();

const args = process.argv.slice(2);
const checked = args.length > 0 ? 0 : npm('run', '--silent', 'check');
if (checked !== 0) console.error('npm run check failed; the tests run all the same');

const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...args];
const env = { ...process.env, LULL_CHECK: checked === 0 ? 'passed' : 'failed' };
const { status } = spawnSync(process.execPath, vitest, { stdio: 'inherit', env });
process.exitCode = checked || (status ?? 1);
