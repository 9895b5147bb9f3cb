import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EMITTED = 'dist/types';

/** Declarations of everything the library's entries reach, into `folder`. */
export function emitTypes(folder) {
  rmSync(EMITTED, { recursive: true, force: true });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'packaging/types'], {
    stdio: 'inherit',
  });
  for (const file of readdirSync(EMITTED, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(EMITTED, file);
    // Sources are imported by their own names; whoever installs the package has no sources.
    const text = readFileSync(path, 'utf8').replace(
      /((?:from|import)\s*\(?\s*)(['"])(\.[^'"]+)\.ts\2/g,
      '$1$2$3.js$2',
    );
    writeFileSync(path, text);
  }
  cpSync(EMITTED, folder, { recursive: true });
}
