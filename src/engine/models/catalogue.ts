import { DictationError } from '../../core/index.ts';

/** A speech model that can be fetched: where it is, how large, and what proves that it is the one meant. */
export interface ModelOffer {
  readonly name: string;
  readonly language: string;
  readonly licence: string;
  readonly url: string;
  /** Of the archive, where it is known beforehand. */
  readonly bytes?: number;
  readonly sha256: string;
}

/** What somebody asks for; all of it may be left out. */
export interface ModelWish {
  readonly name?: string;
  /** Of a model that is not listed here; without it such a model is refused. */
  readonly sha256?: string;
  /** A folder on a web server that has the archives, in place of the publisher's. */
  readonly mirror?: string;
}

export const MODELS_PAGE = 'https://alphacephei.com/vosk/models';
export const DEFAULT_MODEL = 'vosk-model-small-en-us-0.15';

/** Only where two independent sources give the same checksum: the publisher's list has none of use. */
const LISTED: readonly Omit<ModelOffer, 'url'>[] = [
  {
    name: DEFAULT_MODEL,
    language: 'English',
    licence: 'Apache-2.0',
    bytes: 41_205_931,
    sha256: '30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498',
  },
];

const NAME = /^vosk-model-[a-z0-9][a-z0-9.-]{0,80}$/;
const CHECKSUM = /^[0-9a-f]{64}$/i;

export function listedModels(): readonly ModelOffer[] {
  return LISTED.map((listed) => ({ ...listed, url: `${MODELS_PAGE}/${listed.name}.zip` }));
}

/** @throws DictationError `invalid-option` where it is not clear what exactly would be fetched */
export function offerFor({ name = DEFAULT_MODEL, sha256, mirror }: ModelWish): ModelOffer {
  if (!NAME.test(name)) {
    throw refuse(
      `A model is named like ${DEFAULT_MODEL}, without .zip; the names are on ${MODELS_PAGE}`,
    );
  }
  if (sha256 !== undefined && !CHECKSUM.test(sha256)) {
    throw refuse('--sha256 takes the 64 hexadecimal digits of the archive');
  }
  const url = `${folderOf(mirror)}/${name}.zip`;
  const listed = LISTED.find((model) => model.name === name);
  if (listed) {
    if (sha256 !== undefined && sha256.toLowerCase() !== listed.sha256) {
      throw refuse(`Lull knows another checksum for ${name}; leave out --sha256`);
    }
    return { ...listed, url };
  }
  if (sha256 === undefined) {
    throw refuse(
      `Lull knows no checksum for ${name}; give the one its publisher states with --sha256`,
    );
  }
  const licence = `as ${MODELS_PAGE} says`;
  return { name, language: 'unknown', licence, url, sha256: sha256.toLowerCase() };
}

function folderOf(mirror: string | undefined): string {
  if (mirror === undefined) return MODELS_PAGE;
  const url = URL.canParse(mirror) ? new URL(mirror) : undefined;
  const isLoopback = url && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) {
    url.search = '';
    url.hash = '';
    return url.href.replace(/\/+$/, '');
  }
  throw refuse('A mirror is the https:// address of a folder; http:// only on this machine');
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
