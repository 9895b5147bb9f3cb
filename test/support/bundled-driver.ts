import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface BundledDriver {
  readonly path: string;
  remove(): Promise<void>;
}

/** A program of `test/…/fixtures` as one file that every runtime runs, as the CLI is shipped. */
export async function bundleDriver(entryPoint: string): Promise<BundledDriver> {
  const folder = await mkdtemp(join(tmpdir(), 'lull-driver-'));
  const path = join(folder, 'driver.mjs');
  await build({
    entryPoints: [entryPoint],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // `ws` is CommonJS and calls `require` for Node's own modules.
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
  });
  return { path, remove: () => rm(folder, { recursive: true }) };
}
