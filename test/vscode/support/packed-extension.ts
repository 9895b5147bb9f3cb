import process from 'node:process';
import { packVsix, UNIVERSAL, VSIX_TARGETS } from '../../../packaging/vsix.mjs';

/** Packs the extension for this machine as it would be published; gives the path of the file. */
export async function packExtension(dist = 'dist'): Promise<string> {
  const here = `${process.platform}-${process.arch}`;
  const target = VSIX_TARGETS.includes(here) ? here : UNIVERSAL;
  const { path } = await packVsix({ target, dist, out: '.cache/vscode-tests' });
  return path;
}
