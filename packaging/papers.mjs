import { describeBinaries } from './binaries.mjs';
import { noticesFor, shippedPackages } from './notices.mjs';
import { sbomFor } from './sbom.mjs';

const WASM = 'dist/vosk/dist/vosk.wasm';

/**
 * The papers that go into every package, by file name. `recorders`: the programs and libraries that it
 * has of `recorderFiles`, by where they lie in it.
 */
export function sharedPapers(dist, recorders = []) {
  const names = shippedPackages(dist);
  const binaries = describeBinaries([
    { from: `${dist}/vosk/dist/vosk.wasm`, to: WASM },
    ...recorders.filter(({ isBinary }) => isBinary),
  ]);
  return {
    'THIRD_PARTY_NOTICES.txt': noticesFor(names, binaries),
    'sbom.cdx.json': sbomFor({ names, binaries }),
  };
}

/** The papers of a package that holds a recorder alone. */
export function recorderPapers(name, recorders) {
  const binaries = describeBinaries(recorders.filter(({ isBinary }) => isBinary));
  return { 'sbom.cdx.json': sbomFor({ name, names: [], binaries }) };
}
