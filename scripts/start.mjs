import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setup } from './setup.mjs';

setup();

console.error(
  'A recorded voice is played to the recogniser on this machine, as fast as it was spoken.',
);
console.error('Watch the words come, then the silence, and how Lull hangs up by itself.\n');

const child = spawn(
  process.execPath,
  [
    'dist/cli.mjs',
    '--audio',
    'media/hello.wav',
    '--engine',
    'local',
    '--silence',
    '5',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // A terminal sends Ctrl-C to the child as well, and a second one would mean "at once".
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  });
}

child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
