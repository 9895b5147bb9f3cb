import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * What ships, as npm itself writes it down (CycloneDX): `npm sbom` is asked about a project that
 * depends on exactly these packages, in the versions and with the checksums of our lock file.
 */
export function sbomFor(names, folder = '.cache/sbom/lull') {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const dependencies = {};
  const packages = {};
  for (const name of names) {
    const entry = lock.packages[`node_modules/${name}`];
    dependencies[name] = entry.version;
    // What these need in turn is in the list where it is shipped, and else it is not.
    const { version, resolved, integrity, license } = entry;
    packages[`node_modules/${name}`] = { version, resolved, integrity, license };
  }
  const { version, license } = manifest;
  const root = { name: 'lull', version, license, dependencies };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify(root));
  writeFileSync(
    `${folder}/package-lock.json`,
    JSON.stringify({
      name: 'lull',
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, ...packages },
    }),
  );
  return execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}
