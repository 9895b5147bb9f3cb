import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

// Each folder has its own project, because each may use different globals.
const projects = [...readdirSync('src').map((name) => `src/${name}`), 'test', 'examples'].filter(
  (folder) => existsSync(`${folder}/tsconfig.json`),
);

for (const project of projects) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', project],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
