import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';

/** One file inside a ZIP archive. */
export interface ZippedFile {
  readonly path: string;
  readonly content: Buffer;
  /** What it takes in the archive. */
  readonly packedBytes: number;
  /** The permission bits it will have on Linux and macOS. */
  readonly mode: number;
}

export async function readZip(path: string): Promise<readonly ZippedFile[]> {
  const zip = await openPromise(path);
  const files: ZippedFile[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const content = await buffer(await zip.openReadStreamPromise(entry));
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    files.push({ path: entry.fileName, content, packedBytes: entry.compressedSize, mode });
  }
  return files;
}
