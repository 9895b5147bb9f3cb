import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatWords, namesNear, wordsOfName, writeNames } from '../../src/text/written-names.ts';

const symbols = [
  'deleteWidget',
  'DeleteWidget',
  'HTTPServer',
  'max_retries',
  'deleteWidgetNow',
  'run',
];
const files = [
  ...['src/user-service.ts', 'src/user-service.test.ts', 'README.md', 'a/index.ts', 'b/index.ts'],
  ...[
    'src/a b.ts',
    'src/x;rm -rf.ts',
    'src/evil\nls.ts',
    '.github/workflows/ci.yml',
    'src/HTTPServer.ts',
  ],
];

describe('symbols', () => {
  const write = (phrase: string) => writeNames(phrase, { target: 'code', symbols, files });

  test.each([
    ['delete widget', 'deleteWidget'],
    ['Delete widget now please.', 'deleteWidgetNow please.'],
    ['new HTTP server', 'new HTTPServer'],
    ['Call delete-widget.', 'Call deleteWidget.'],
    ['max retries, delete widget', 'max_retries, deleteWidget'],
    ['delete widget delete widget', 'deleteWidget deleteWidget'],
  ])('%j is %j where they are in scope', (phrase, text) => {
    expect(write(phrase)).toEqual({ text, heard: phrase });
  });

  test.each([
    'delete, widget',
    'deleted widget',
    'delete widgets',
    'widget',
    'run',
    'delete.widget',
    '',
  ])('%j stays as it is', (phrase) => {
    expect(write(phrase)).toEqual({ text: phrase });
  });

  test.each(['prose', 'markdown', 'comment', 'string', 'chat', 'terminal'] as const)(
    'are words in %s',
    (target) => {
      expect(writeNames('delete widget', { target, symbols, files })).toEqual({
        text: 'delete widget',
      });
    },
  );

  test('the nearest wins', () => {
    const near = ['DeleteWidget', ...symbols];
    const { text } = writeNames('delete widget', { target: 'code', symbols: near, files });
    expect(text).toBe('DeleteWidget');
  });
});

describe('files', () => {
  const write = (phrase: string) => writeNames(phrase, { target: 'chat', symbols, files });

  test.each([
    ['at file user service', '@src/user-service.ts'],
    ['Look at file user service, please.', 'Look @src/user-service.ts, please.'],
    ['At file user service dot ts.', '@src/user-service.ts.'],
    ['At file user-service.ts and at file readme', '@src/user-service.ts and @README.md'],
    ['at file user service test', '@src/user-service.test.ts'],
    ['at file HTTP server', '@src/HTTPServer.ts'],
    ['at file CI', '@.github/workflows/ci.yml'],
  ])('%j is %j', (phrase, text) => {
    expect(write(phrase)).toEqual({ text, heard: phrase });
  });

  test.each([
    ...[
      'at file index',
      'at file users service',
      'at file',
      'at files user service',
      'user service',
    ],
    ...['at file x', 'at file evil', 'at file a b', 'format file user service'],
  ])('%j stays as it is', (phrase) => {
    expect(write(phrase)).toEqual({ text: phrase });
  });
});

describe('formatWords', () => {
  test('keeps every word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
    const style = fc.constantFrom(
      'camel',
      'pascal',
      'snake',
      'kebab',
      'constant',
      'all-caps',
      'literal',
    );
    fc.assert(
      fc.property(words, style, (each, how) => {
        const written = formatWords(each.join(' '), how);
        expect(written.replaceAll(/[ _-]/g, '').toLowerCase()).toBe(each.join(''));
      }),
    );
  });

  test('splits a name into the words it is spoken with', () => {
    expect(wordsOfName('parseHTTPResponse_v2-final.tsx')).toEqual([
      'parse',
      'http',
      'response',
      'v2',
      'final',
      'tsx',
    ]);
  });
});

describe('namesNear', () => {
  test('gives names of several words, the nearest first, each once', () => {
    const text = 'import { openWidget } from "x";\nplain words\nuser_name = openWidget(HTTPServer)';
    expect(namesNear(text, text.indexOf('user_name'))).toEqual([
      'user_name',
      'openWidget',
      'HTTPServer',
    ]);
    expect(namesNear(text, 0)).toEqual(['openWidget', 'user_name', 'HTTPServer']);
  });
});
