import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|mjs|html|sh)$/.test(name))
  .map((name) => readFileSync(join('examples', name), 'utf8'));

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '');

  test('has no link and no picture that leads nowhere', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const own = links.filter((link) => !/^(https?:|mailto:|command:)/.test(link));
    const broken = own.filter((link) => {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(target)) return true;
      return heading !== undefined && !headingsOf(target).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  test('names no file of the sources that is not there', () => {
    const named = [
      ...text.matchAll(/`((?:src|test|bench|scripts|packaging|docs)\/[\w./-]+\.\w+)`/g),
    ];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });
});

test('each attack that docs/security.md names is tried by a test of that title', () => {
  const page = readFileSync('docs/security.md', 'utf8');
  const cells = [...page.matchAll(/`(test\/[\w./-]+\.ts)`((?:,? "[^"]+")+)/g)];
  const named = cells.flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
  );
  const missing = named.filter(({ file, title }) => !readFileSync(file, 'utf8').includes(title));
  expect(named.length).toBeGreaterThanOrEqual(25);
  expect(missing).toEqual([]);
});

test.each(['README.md', 'docs/library.md'])('%s shows the examples as they are run', (page) => {
  const blocks = [
    ...readFileSync(page, 'utf8').matchAll(/^```(?:ts|js|html)\n([\s\S]*?)^```$/gm),
  ].map(([, code]) => code);
  expect(blocks.filter((code) => !examples.includes(code ?? ''))).toEqual([]);
});

test('docs/library.md shows every example', () => {
  const page = readFileSync('docs/library.md', 'utf8');
  expect(examples.filter((code) => !page.includes(code))).toEqual([]);
});

test('the moving picture of the README shows a run that was heard word for word', () => {
  const picture = readFileSync('media/lull.svg', 'utf8');
  expect(picture).toMatch(/animation: film [\d.]+s/);
  const last = picture.split('<g transform').at(-1);
  for (const line of ['Go forward ten meters.', 'Go somewhere and do something.']) {
    expect(last).toContain(`>${line}</text>`);
  }
  expect(picture).toMatch(/stops in \d s/);
  expect(last).toContain('Ended by silence: ');
});

/** As GitHub makes anchors of them. */
function headingsOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/ /g, '-'),
  );
}
