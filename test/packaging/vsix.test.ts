import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeBinaries } from '../../packaging/binaries.mjs';
import { bundledPackages } from '../../packaging/notices.mjs';
import { BUILT, TARGETS } from '../../packaging/targets.mjs';
import { packVsix, UNIVERSAL, VSIX_TARGETS } from '../../packaging/vsix.mjs';
import { platformOf } from './support/binary.ts';
import { readZip, type ZippedFile } from './support/zip-files.ts';

const LIMIT_BYTES = 6_000_000;
const FORMATS: Readonly<Record<string, string>> = { linux: 'ELF', win32: 'PE', darwin: 'Mach-O' };

/** What is in every VSIX; the recorders of its platform come besides, and nothing else. */
const COMMON = [
  ...['[Content_Types].xml', 'extension.vsixmanifest'],
  ...['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt', 'media/icon.png'],
  ...['THIRD_PARTY_NOTICES.txt', 'sbom.cdx.json'],
  ...['package.nls.json', 'package.nls.de.json'],
  ...['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
  ...['engine', 'hang-up', 'microphone', 'phrase'].map((name) => `media/walkthrough/${name}.svg`),
  ...['extension.cjs', 'lull.cjs', 'engine.mjs', 'engine-thread.mjs'].map((name) => `dist/${name}`),
  ...['dist/vosk/dist/vosk.wasm', 'dist/vosk/dist/vosk.worker.js'],
  ...['dist/recorders/pulse.mjs', 'dist/recorders/addon.mjs'],
];
const OF_RECORDERS =
  /^dist\/recorders\/(\w+-\w+)\/(ffmpeg(\.exe)?|pv_recorder\.node|COPYING\.LGPLv2\.1|ffmpeg-build\.txt|mingw-w64-copyright\.txt)$/;

describe.each(VSIX_TARGETS)('the VSIX for %s', (target) => {
  let files: readonly ZippedFile[];
  beforeAll(async () => {
    const { path } = await packVsix({ target, dist: 'dist', out: '.cache/vsix' });
    files = (await readZip(path)).map((file) => ({
      ...file,
      path: file.path.replace(/^extension\//, ''),
    }));
  });

  const platforms = target === UNIVERSAL ? Object.keys(TARGETS) : [target];
  const isProgram = ({ path }: ZippedFile) => /\/(ffmpeg(\.exe)?|pv_recorder\.node)$/.test(path);

  test('has what runs and its papers, and nothing else', () => {
    const others = files.map(({ path }) => path).filter((path) => !OF_RECORDERS.test(path));
    expect(others.toSorted()).toEqual(COMMON.toSorted());
  });

  test('has a recorder of each of its platforms, made for that platform', () => {
    const programs = files.filter(isProgram);
    const made = programs.map(({ path, content }) => [
      OF_RECORDERS.exec(path)?.[1],
      platformOf(content),
    ]);
    const meant = made.map(([platform = '']) => {
      const [system = '', machine] = platform.split('-');
      return [platform, `${FORMATS[system]} ${machine}`];
    });
    expect(made).toEqual(meant);

    const served = new Set(made.map(([platform]) => platform));
    const unbuilt = platforms.filter((platform) => !served.has(platform));
    // Its only recorder is our ffmpeg, which needs a cross compiler.
    const excused = existsSync(`${BUILT}/linux-arm64/ffmpeg`) ? [] : ['linux-arm64'];
    expect(excused).toEqual(expect.arrayContaining(unbuilt));
  });

  test('keeps the right to run its programs', () => {
    const modes = files
      .filter(({ path }) => /\/ffmpeg(\.exe)?$/.test(path))
      .map(({ mode }) => mode.toString(8));
    expect(new Set(modes)).toEqual(new Set(modes.length > 0 ? ['755'] : []));
  });

  test('goes with the licence of each recorder and a notice for each bundled package', () => {
    const text = (path: string) =>
      files.find((file) => file.path === path)?.content.toString('utf8') ?? '';
    for (const { path } of files.filter(({ path }) => /\/ffmpeg(\.exe)?$/.test(path))) {
      const folder = path.replace(/\/[^/]+$/, '');
      expect(text(`${folder}/COPYING.LGPLv2.1`)).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
      expect(text(`${folder}/ffmpeg-build.txt`)).toContain('--disable-everything');
    }
    const notices = text('THIRD_PARTY_NOTICES.txt');
    const parts = [
      ...bundledPackages('dist'),
      '@lichess-org/vosk-browser',
      '@picovoice/pvrecorder-node',
    ];
    const unnamed = parts.filter((name) => !notices.includes(`\n${name} `));
    expect(unnamed).toEqual([]);
    const listed = componentsOf(files).filter(({ purl }) => purl?.startsWith('pkg:npm/'));
    expect(listed.map(({ name }) => name).toSorted()).toEqual(parts.toSorted());
  });

  test('lists each program and library with its checksum, what is compiled into it, and a notice', () => {
    const binaries = files.filter(({ content }) => isBinary(content));
    const components = componentsOf(files).filter(({ type }) => type === 'file');
    expect(components.map(({ name, hashes }) => [name, hashes?.[0]?.content])).toEqual(
      expect.arrayContaining(
        binaries.map(({ path, content }) => [
          path,
          createHash('sha256').update(content).digest('hex'),
        ]),
      ),
    );
    expect(components).toHaveLength(binaries.length);

    const notices = files.find(({ path }) => path === 'THIRD_PARTY_NOTICES.txt')?.content;
    const made = components.flatMap((file) => file.components ?? []);
    expect(made.map(({ name }) => name)).toEqual(expect.arrayContaining(['Kaldi', 'OpenFst']));
    expect(made.filter(({ name }) => !notices?.includes(`\n${name} `))).toEqual([]);
    const withFfmpeg = components.filter(({ name }) => /\/ffmpeg(\.exe)?$/.test(name));
    expect(withFfmpeg.map((file) => file.components?.[0]?.name)).toEqual(
      withFfmpeg.map(() => 'FFmpeg'),
    );
  });

  test('is small, the offline recogniser left aside', () => {
    const packed = files
      .filter(({ path }) => !/^dist\/(vosk\/|engine)/.test(path))
      .reduce((sum, { packedBytes }) => sum + packedBytes, 0);
    expect(packed).toBeLessThan(LIMIT_BYTES);
  });

  test('says who it is for, and nothing of how it is built', () => {
    const manifest = JSON.parse(
      files.find(({ path }) => path === 'package.json')?.content.toString('utf8') ?? '{}',
    );
    expect(manifest).toMatchObject({ name: 'lull', icon: 'media/icon.png' });
    expect(Object.keys(manifest)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/scripts|dependencies|exports|bin/i)]),
    );
    const page = files.find(({ path }) => path === 'readme.md')?.content.toString('utf8') ?? '';
    const links = [...page.matchAll(/\]\((https:\/\/lull\.invalid[^)#]+)/g)].map(
      ([, to = '']) => to,
    );
    const paths = links.map((link) => link.replace(/^.*\/(blob|raw)\/HEAD\//, ''));
    expect(paths).toContain('docs/settings.md');
    expect(paths.filter((path) => path.endsWith('.png'))).not.toEqual([]);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    const vsix = files.find(({ path }) => path === 'extension.vsixmanifest')?.content.toString();
    if (target !== UNIVERSAL) expect(vsix).toContain(`TargetPlatform="${target}"`);
    else expect(vsix).not.toContain('TargetPlatform');
  });
});

test('what is said to be compiled into a binary stands in it', () => {
  const shipped = {
    'vosk.wasm': 'node_modules/@lichess-org/vosk-browser/dist/vosk.wasm',
    'pv_recorder.node': 'node_modules/@picovoice/pvrecorder-node/lib/linux/x86_64/pv_recorder.node',
  };
  for (const [name, path] of Object.entries(shipped)) {
    const [{ parts = [] } = {}] = describeBinaries([{ from: path, to: name }]);
    const content = readFileSync(path);
    expect(parts).not.toEqual([]);
    expect(parts.filter(({ sign = '' }) => !content.includes(sign))).toEqual([]);
  }
});

interface Component {
  readonly type: string;
  readonly name: string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly content: string }[];
  readonly components?: readonly Component[];
}

function componentsOf(files: readonly ZippedFile[]): readonly Component[] {
  const sbom = files.find(({ path }) => path === 'sbom.cdx.json')?.content.toString('utf8');
  return JSON.parse(sbom ?? '{}').components;
}

function isBinary(content: Buffer): boolean {
  return content.toString('latin1', 0, 4) === '\0asm' || platformOf(content) !== 'no program';
}

test('on this machine the recorder that the gate builds is in the package', () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  expect(readFileSync(`${BUILT}/linux-x64/ffmpeg`).length).toBeGreaterThan(500_000);
});
