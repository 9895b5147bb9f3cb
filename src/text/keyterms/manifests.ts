import type { SourceFile } from './declarations.ts';

const MOST_CHARACTERS = 200_000;
/** Tables of Cargo.toml and pyproject.toml that list packages by their names. */
const LISTING =
  /^(?:workspace\.|target\..+\.|tool\.poetry\.(?:group\.[\w-]+\.)?)?(?:dev-|build-)?dependencies$/u;
const NAMED = /^(?:package|project|tool\.poetry)$/u;

/** Whether the file lists the packages of a project. */
export function isManifest(path: string): boolean {
  return /(?:^|\/)(?:package\.json|Cargo\.toml|pyproject\.toml|go\.mod)$/u.test(path);
}

/** The name of a package and of those it depends on; no value of a manifest is one. */
export function packageNames({ path, text }: SourceFile): readonly string[] {
  if (!isManifest(path)) return [];
  const start = text.slice(0, MOST_CHARACTERS);
  if (path.endsWith('.json')) return namesInJson(start);
  return path.endsWith('.toml') ? namesInToml(start) : namesInGoMod(start);
}

function namesInJson(text: string): readonly string[] {
  try {
    const { name, dependencies, devDependencies } = JSON.parse(text);
    const all = [name, ...Object.keys({ ...dependencies, ...devDependencies })];
    return all.filter((each) => typeof each === 'string');
  } catch {
    // One that cannot be read has no names to offer.
    return [];
  }
}

function namesInToml(text: string): readonly string[] {
  const names: string[] = [];
  let table = '';
  let list: 'open' | 'closed' = 'closed';
  for (const line of text.split('\n')) {
    const header = /^\s*\[+([^\][]+)\]+\s*(?:#.*)?$/u.exec(line)?.[1];
    if (header !== undefined && list === 'closed') table = header.trim();
    const [, key = ''] = /^\s*"?([\w.-]+)"?\s*=/u.exec(line) ?? [];
    if (LISTING.test(table) && key !== '') names.push(key);
    if (NAMED.test(table) && key === 'name') names.push(...quoted(line.slice(line.indexOf('='))));
    // Python lists its packages as `"requests >= 2.8"`.
    if (table === 'project' && key === 'dependencies') list = 'open';
    if (list === 'open') names.push(...quoted(line));
    if (list === 'open' && /\]\s*(?:#.*)?$/u.test(line)) list = 'closed';
  }
  return names;
}

function quoted(line: string): readonly string[] {
  return [...line.matchAll(/["']([A-Za-z][\w.-]*)/gu)].map(([, name = '']) => name);
}

function namesInGoMod(text: string): readonly string[] {
  const paths = [...text.matchAll(/^(?:module|require|\t)\s*([\w.-]+(?:\/[\w.-]+)+)/gmu)];
  return paths.map(([, path = '']) => path.replace(/\/v\d+$/u, '').replace(/^.*\//u, ''));
}
