import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEFAULT_MODEL, offerFor } from '../../../src/engine/models/catalogue.ts';
import { MODEL_PACKAGE } from '../../../src/engine/vosk/installation.ts';
import { writeZip } from '../../engine/models/support/zip-writer.ts';

const MODEL = `node_modules/${MODEL_PACKAGE}/models/src/main/assets/sync/model-android`;
const DIST = '.cache/vscode-tests/dist-for-mirror';

/** A server of the speech model on this machine, and bundles that take its archive for the real one. */
export interface ModelMirror {
  readonly url: string;
  readonly dist: string;
  /** How often the archive was asked for. */
  readonly requests: number;
  /** The second half of each archive is kept back until this is called. */
  release(): void;
  close(): void;
}

/**
 * Nobody here has the publisher's archive, whose checksum the engine insists on. So the model of the
 * tests is packed as that archive, and a copy of the bundles is given its checksum: nothing else in
 * them is changed.
 */
export async function startModelMirror(): Promise<ModelMirror> {
  const archive = writeZip(
    filesIn(MODEL).map((path) => ({
      name: `${DEFAULT_MODEL}/${path}`,
      content: readFileSync(join(MODEL, path)),
    })),
  );
  rmSync(DIST, { recursive: true, force: true });
  cpSync('dist', DIST, { recursive: true });
  const { sha256, bytes = 0 } = offerFor({});
  replaceIn(join(DIST, 'engine.mjs'), [
    [sha256, createHash('sha256').update(archive).digest('hex')],
    [String(bytes), String(archive.length)],
  ]);

  let requests = 0;
  let waiting: (() => void)[] = [];
  const half = archive.length >> 1;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(200, {
      'Content-Type': 'application/zip',
      'Content-Length': archive.length,
    });
    response.write(archive.subarray(0, half));
    waiting.push(() => response.end(archive.subarray(half)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    dist: DIST,
    get requests() {
      return requests;
    },
    release() {
      for (const finish of waiting) finish();
      waiting = [];
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

function replaceIn(path: string, pairs: readonly (readonly [string, string])[]): void {
  let text = readFileSync(path, 'utf8');
  for (const [from, to] of pairs) {
    if (!text.includes(from)) throw new Error(`${path} holds no ${from}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(path, text);
}
