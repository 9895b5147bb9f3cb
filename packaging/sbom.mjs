import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * What ships, in CycloneDX. The packages npm itself writes down: `npm sbom` is asked about a project
 * that depends on exactly these, in the versions and with the checksums of our lock file. Of binaries
 * npm knows nothing: `describeBinaries` tells of them.
 */
export function sbomFor({ name = 'lull', names, binaries }) {
  const folder = `.cache/sbom/${name.replace('/', '-')}`;
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const dependencies = {};
  const packages = {};
  for (const needed of names) {
    const entry = lock.packages[`node_modules/${needed}`];
    dependencies[needed] = entry.version;
    // What these need in turn is in the list where it is shipped, and else it is not.
    const { version, resolved, integrity, license } = entry;
    packages[`node_modules/${needed}`] = { version, resolved, integrity, license };
  }
  const { version, license } = manifest;
  const root = { name, version, license, dependencies };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify(root));
  writeFileSync(
    `${folder}/package-lock.json`,
    JSON.stringify({
      name,
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, ...packages },
    }),
  );
  const written = execFileSync(
    'npm',
    ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'],
    { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  const sbom = JSON.parse(written);
  sbom.components.push(...binaries.map(component));
  return `${JSON.stringify(sbom, undefined, 2)}\n`;
}

/** A file, with what it is made of inside it. */
function component({ path, sha256, parts }) {
  return {
    'bom-ref': `file:${path}`,
    type: 'file',
    name: path,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    components: parts.map(({ name, version, license, url, purl }) => ({
      'bom-ref': `file:${path}#${name}`,
      type: 'library',
      name,
      ...(version ? { version } : {}),
      ...(purl ? { purl } : {}),
      licenses: [{ license: { id: license } }],
      externalReferences: [{ type: 'website', url }],
    })),
  };
}
