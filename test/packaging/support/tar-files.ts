import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A file inside a tarball of npm, by its path below `package/`. */
export interface TarredFile {
  readonly path: string;
  text(): string;
}

const BLOCK = 512;

export function readTar(path: string): readonly TarredFile[] {
  const tar = gunzipSync(readFileSync(path));
  const files: TarredFile[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const field = (start: number, length: number) =>
      tar.toString('utf8', at + start, at + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(field(124, 12), 8);
    const prefix = field(345, 155);
    const name = prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`;
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (field(156, 1) !== '5') {
      files.push({ path: name.replace(/^package\//, ''), text: () => content.toString('utf8') });
    }
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
}
