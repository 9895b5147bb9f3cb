import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Clock, DictationError } from '../../core/index.ts';
import { createMonotonicClock } from '../../host/index.ts';
import type { ModelOffer } from './catalogue.ts';
import { fetchArchive } from './fetch-archive.ts';
import { type InstalledModel, isModel, modelsFolder } from './installed-models.ts';
import { unpackArchive } from './unpack-archive.ts';
import { asWriteError } from './write-error.ts';

export interface ModelInstallation {
  readonly offer: ModelOffer;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly folder?: string;
  readonly clock?: Clock;
}

export type InstallProgress =
  | { readonly kind: 'fetching'; readonly bytes: number; readonly ofBytes?: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'unpacking' };

/** The largest of the publisher's models; one whose size is known takes that and no more. */
const MOST_BYTES = 3_000_000_000;

/**
 * Fetches a model, proves that it is the one meant, and puts it where the engine finds it. Until
 * all of it is there, nothing is; a download that was stopped goes on where it ended.
 * @throws DictationError with what to do next
 */
export async function installModel(installation: ModelInstallation): Promise<InstalledModel> {
  const { offer, folder = modelsFolder(), onProgress = () => {} } = installation;
  const { signal = new AbortController().signal, clock = createMonotonicClock() } = installation;
  const model = { name: offer.name, path: join(folder, offer.name) };
  if (await isModel(model.path)) return model;

  const archive = join(folder, `.${offer.name}.zip.part`);
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw asWriteError(cause, folder);
  });
  await fetchArchive({
    url: offer.url,
    path: archive,
    mostBytes: offer.bytes ?? MOST_BYTES,
    clock,
    signal,
    onProgress: (bytes, ofBytes = offer.bytes) =>
      onProgress({ kind: 'fetching', bytes, ...(ofBytes === undefined ? {} : { ofBytes }) }),
  });

  onProgress({ kind: 'checking' });
  if ((await sha256Of(archive)) !== offer.sha256) {
    await rm(archive, { force: true });
    const message = `The download from ${new URL(offer.url).host} is not ${offer.name}: its checksum differs, so it was deleted; try again, or name a mirror with --from`;
    throw new DictationError('engine-unavailable', message);
  }

  onProgress({ kind: 'unpacking' });
  await unpackInto(model, archive, folder);
  await rm(archive, { force: true });
  return model;
}

/** Unpacked aside and renamed, so that no crash leaves half a model that looks like one. */
async function unpackInto(model: InstalledModel, archive: string, folder: string): Promise<void> {
  const draft = join(folder, `.${model.name}.${randomUUID()}`);
  try {
    await mkdir(draft).catch((cause) => {
      throw asWriteError(cause, draft);
    });
    await unpackArchive(archive, draft);
    if (!(await isModel(draft))) {
      const message = `${model.name} holds no model that the recogniser can read; nothing was installed`;
      throw new DictationError('engine-unavailable', message);
    }
    // Another process may have been quicker; else what stands there is no model.
    if (await isModel(model.path)) return await rm(draft, { recursive: true, force: true });
    await rm(model.path, { recursive: true, force: true });
    await rename(draft, model.path).catch((cause) => {
      throw asWriteError(cause, model.path);
    });
  } catch (cause) {
    // Where the disk is full what was unpacked is in the way, and so is an archive that is unfit.
    await rm(draft, { recursive: true, force: true });
    if (cause instanceof DictationError && cause.code === 'engine-unavailable') {
      await rm(archive, { force: true });
    }
    throw cause;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
