import { noticesFor, shippedPackages } from './notices.mjs';
import { sbomFor } from './sbom.mjs';

/** The papers that go into every package, by file name. */
export function sharedPapers(dist) {
  const names = shippedPackages(dist);
  return { 'THIRD_PARTY_NOTICES.txt': noticesFor(names), 'sbom.cdx.json': sbomFor(names) };
}
