import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import { commands, type LogOutputChannel, type StatusBarItem, window } from 'vscode';
import type { DictationEvent, EndReason, Progress } from '../../../src/core/index.ts';
import { showHistory } from '../../../src/extension/commands/history.ts';
import { Endings } from '../../../src/extension/dictation/endings.ts';
import { Announcer } from '../../../src/extension/window/announcer.ts';
import { closingLine } from '../../../src/extension/window/closing-line.ts';
import { logEvent } from '../../../src/extension/window/log.ts';
import {
  sentenceOf,
  tellError,
  Unplaced,
  Warnings,
} from '../../../src/extension/window/notices.ts';
import { remediesFor } from '../../../src/extension/window/remedies.ts';
import { StatusBar } from '../../../src/extension/window/status-bar.ts';
import { describeStatus } from '../../../src/extension/window/status-text.ts';
import type { Shell } from '../../../src/extension/window-services.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { partialTurn } from '../../../src/testing/wire-messages.ts';
import {
  dictationWith,
  recordTold,
  resetSettings,
  saying,
  set,
  startDictation,
  type Told,
} from './dictation.ts';
import { closeEverything, openPage } from './editors.ts';

const LINK = '[Fix it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)';
const hostile = fc.oneof(
  fc.constantFrom(
    LINK,
    '$(alert) alert',
    '<a href="command:x">x</a>',
    '`code`',
    '[a\u200b](command:x)',
  ),
  fc.string({
    unit: fc.constantFrom(...'[]()$<>`:/', 'command', 'x', ' ', '\u202e', '\n'),
    maxLength: 200,
  }),
  fc.tuple(fc.string(), fc.constant(LINK), fc.string()).map((parts) => parts.join('')),
);

/** What VS Code would make more of than letters: a link, a tag, code or an icon. */
const ALIVE = /\]\(|\$\(|<\w|`|command:|[\u200b\u202e\n]/;
/** Longer than our own words around the longest text from outside. */
const MOST_CHARACTERS = 300;

const originals = {
  showErrorMessage: window.showErrorMessage,
  showWarningMessage: window.showWarningMessage,
  showInformationMessage: window.showInformationMessage,
  showQuickPick: window.showQuickPick,
  withProgress: window.withProgress,
};

const SETTINGS = { silenceMs: 5_000, maxMs: 90_000 } as const;

function endOf(reason: EndReason, more: object = {}) {
  return {
    ...{ reason, finals: 1, audioSeconds: 12, billedSeconds: 11.2, billedIsEstimate: false },
    ...{ costUsd: 0.0014, ...more },
  } as const;
}

describe('the end of a dictation', () => {
  const lines: readonly (readonly [EndReason, string])[] = [
    ['silence', 'Lull hung up after 5 seconds of silence: 12 seconds billed, $0.0014'],
    ['no-speech', 'Lull heard no words and hung up: 12 seconds billed, $0.0014'],
    ['user', 'Lull stopped: 12 seconds billed, $0.0014'],
    [
      'max-duration',
      'Lull ended the dictation after 1.5 minutes, the time limit: 12 seconds billed, $0.0014',
    ],
    [
      'budget',
      "Lull ended the dictation because this month's budget is spent: 12 seconds billed, $0.0014",
    ],
    [
      'suspended',
      'Lull ended the dictation because the computer slept: 12 seconds billed, $0.0014',
    ],
    [
      'audio-ended',
      'Lull ended the dictation because the microphone stopped: 12 seconds billed, $0.0014',
    ],
    ['error', 'Lull ended the dictation because of a problem: 12 seconds billed, $0.0014'],
  ];

  it('says itself in one line with the bill, whatever ended it', () => {
    const said = lines.map(([reason]) => [reason, closingLine(endOf(reason), SETTINGS)]);
    assert.deepEqual(said, lines);
  });

  it('says “1 second” and “1 minute”, and what is not billed', () => {
    const second = { ...SETTINGS, silenceMs: 1_000, maxMs: 60_000 };
    assert.equal(
      closingLine(endOf('silence', { billedSeconds: 0.4, costUsd: undefined }), second),
      'Lull hung up after 1 second of silence: 1 second billed',
    );
    assert.match(closingLine(endOf('max-duration'), second), /after 1 minute, /);
    assert.match(closingLine(endOf('user', { billedSeconds: 0 }), second), /: nothing billed$/);
  });

  it('is one quiet line, and a notification only where something can be done', () => {
    const { told, restore } = recordTold();
    try {
      const cues = { play: async () => {} };
      const shell = {
        announcer: new Announcer(new FakeClock()),
        cues,
        usage: {},
      } as unknown as Shell;
      const endings = new Endings(shell);
      const error = { code: 'key-refused', message: 'The key was refused' };
      const tell = (
        end: object,
        wish: 'kept' | 'cancelled' = 'kept',
        kept: 'words' | 'nothing' = 'nothing',
      ): readonly Told[] => {
        told.length = 0;
        endings.tell(end as never, { settings: SETTINGS as never, wish, kept });
        return [...told];
      };
      for (const [reason, line] of lines.filter(([each]) => !/no-speech|error/.test(each))) {
        assert.deepEqual(tell(endOf(reason)), [['line', line]]);
      }
      const silent = lines[1]?.[1] ?? '';
      assert.deepEqual(tell(endOf('no-speech')), [
        ['line', silent],
        ['information', silent, 'Test Microphone'],
      ]);
      assert.deepEqual(tell(endOf('user'), 'cancelled'), [
        ['line', 'Lull cancelled the dictation: 12 seconds billed, $0.0014'],
      ]);
      assert.deepEqual(tell(endOf('error', { error }), 'kept', 'words').slice(1), [
        ['error', 'Lull: The key was refused', 'Set API Key', 'Open Dashboard', 'Show History'],
      ]);
    } finally {
      restore();
    }
  });

  it('shows no “listening” again between the countdown and the end', () => {
    const clock = new FakeClock();
    const texts: string[] = [];
    const item = {
      set text(text: string) {
        texts.push(text);
      },
    } as unknown as StatusBarItem;
    const bar = new StatusBar(item, clock);
    const listening: Progress = { kind: 'listening', sinceMs: 0 };
    bar.show(listening);
    clock.advance(5_000);
    const counting = { kind: 'counting-down', sinceMs: 0, reason: 'silence' } as const;
    bar.show({ ...counting, remainingMs: 1_000, canKeepListening: 'yes' });
    clock.advance(1_000);
    texts.length = 0;
    bar.show(listening);
    bar.show({ kind: 'stopping' });
    bar.show({ kind: 'idle' });
    clock.advance(1_000);
    assert.deepEqual(texts, ['$(mic) Lull']);
  });

  it('says “sends” where the countdown would press Enter, and “stops” where it cannot', () => {
    const counting = { kind: 'counting-down', sinceMs: 0, remainingMs: 2_100 } as const;
    const silence = { ...counting, reason: 'silence', canKeepListening: 'yes' } as const;
    const longest = { ...counting, reason: 'max-duration', canKeepListening: 'no' } as const;
    assert.equal(describeStatus(silence, 0, 'sends').text, '$(mic-filled) sends in 3 s');
    assert.equal(describeStatus(silence, 0).text, '$(mic-filled) stops in 3 s');
    assert.equal(describeStatus(longest, 0, 'sends').text, '$(mic-filled) stops in 3 s');
  });
});

describe('what helps against a problem', () => {
  const problems = [
    [
      'unreachable',
      'The service at streaming.assemblyai.com cannot be reached',
      ['Try Again', 'Run Doctor'],
    ],
    ['connection-lost', 'The connection to the service was lost', ['Try Again', 'Run Doctor']],
    ['recorder-failed', 'No sound server answers', ['Run Doctor', 'Choose Microphone']],
    ['device-missing', 'There is no microphone', ['Choose Microphone', 'Run Doctor']],
    [
      'account-refused',
      'The account was refused; check its balance',
      ['Open Dashboard', 'Set API Key'],
    ],
    ['key-refused', 'The key was refused', ['Set API Key', 'Open Dashboard']],
    ['no-key', 'There is no key', ['Set API Key', 'Choose Who Listens']],
    ['request-refused', 'Invalid value for keyterms_prompt', ['Open Settings', 'Show Log']],
    ['engine-unavailable', 'The model is missing', ['Choose Who Listens', 'Run Doctor']],
    ['invalid-option', 'The setting lull.silenceSeconds takes a number', ['Open Settings']],
  ] as const;

  it('is offered by the notification, and done by a click on the red item', () => {
    for (const [code, message, titles] of problems) {
      const remedies = remediesFor({ code, message });
      assert.deepEqual(
        remedies.map(({ title }) => title),
        titles,
        code,
      );
      const status = describeStatus({ kind: 'problem', error: { code, message } }, 0);
      assert.deepEqual(status.command, remedies[0], code);
      assert.equal(status.severity, 'error');
      assert.ok(status.tooltip.includes(message) && status.tooltip.includes(titles[0]), code);
    }
  });

  it('names the setting of a parameter that the service refuses, and opens that one', () => {
    const settings = {
      'Invalid value for keyterms_prompt': 'keyterms',
      'speech_model is not available': 'model',
      'language_codes: unknown zz': 'languages',
      'bad mode': 'mode',
    };
    for (const [message, name] of Object.entries(settings)) {
      const problem = { code: 'request-refused', message } as const;
      assert.equal(sentenceOf(problem), `${message}; look at the setting lull.${name}`);
      assert.deepEqual(remediesFor(problem)[0].arguments, [`@id:lull.${name}`]);
    }
  });

  it('opens the dashboard where the account is refused', () => {
    const [remedy] = remediesFor({ code: 'account-refused', message: 'No balance' });
    assert.equal(remedy.command, 'vscode.open');
    assert.equal(String(remedy.arguments?.[0]), 'https://www.assemblyai.com/dashboard');
  });
});

describe('the log of a dictation', () => {
  it('is sentences, with JSON at its lowest level only and nothing that was said', () => {
    const lines: (readonly [level: string, text: string])[] = [];
    const levels = ['trace', 'debug', 'info', 'warn', 'error'];
    const log = Object.fromEntries(
      levels.map((level) => [level, (text: string) => lines.push([level, text])]),
    ) as unknown as LogOutputChannel;
    const final = { type: 'final', turn: 0, text: 'Hello world.', words: [{}] };
    const events = [
      { type: 'listening', engine: 'assemblyai', device: 'Desk' },
      { type: 'partial', turn: 0, text: 'Hello wor' },
      final,
      { type: 'error', code: 'key-refused', message: 'The key was refused' },
      { type: 'end', ...endOf('error', { unsavedText: 'Hello' }) },
    ] as unknown as readonly DictationEvent[];
    for (const event of events) logEvent(log, event);
    const isTrace = ([level]: readonly [string, string]) => level === 'trace';
    assert.equal(lines.filter(isTrace).length, events.length);
    for (const [, text] of lines.filter(isTrace)) JSON.parse(text);
    assert.deepEqual(
      lines.filter((line) => !isTrace(line)),
      [
        ['info', 'Listening with Desk; the assemblyai engine recognises'],
        ['debug', 'Turn 0 came with 1 word'],
        ['error', 'The key was refused (key-refused)'],
        ['info', 'Ended (error) after 1 turn: 12 s of audio, 11.2 s billed, $0.0014 at list price'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(lines), /Hello/);
  });
});

describe('a dictation tells', () => {
  afterEach(async () => {
    await resetSettings();
    await closeEverything();
  });

  async function toldBy(act: () => Promise<unknown>): Promise<readonly Told[]> {
    const { told, restore } = recordTold();
    try {
      await act();
      return told;
    } finally {
      restore();
    }
  }

  it('a screen reader its start, each phrase, the countdown once, and its end', async () => {
    const server = await dictationWith(saying('Hello world.', 'And goodbye.'));
    await set('silenceSeconds', 2);
    await set('announcements', 'on');
    await openPage();
    const told = await toldBy(() => Promise.resolve(startDictation()));
    assert.deepEqual(
      told.filter(([kind]) => kind === 'aloud').map(([, text]) => text),
      [
        ...['Lull is listening', 'Hello world.', 'And goodbye.', 'Lull stops in 1 second'],
        'Lull hung up after 2 seconds of silence: nothing billed',
      ],
    );
    await server.close();
  });

  it('nothing but one line when it is cancelled, also with words on their way', async () => {
    const server = await dictationWith({
      onAudio: [
        { atMs: 200, send: partialTurn({ order: 0, text: 'half a', startMs: 100, endMs: 200 }) },
      ],
    });
    await set('silenceSeconds', 0);
    await openPage();
    const told = await toldBy(async () => {
      const over = startDictation();
      const connection = await server.connection(0);
      await connection.until(({ audioMs }) => audioMs > 400);
      await commands.executeCommand('lull.cancelDictation');
      await over;
    });
    assert.deepEqual(told, [['line', 'Lull cancelled the dictation: nothing billed']]);
    await server.close();
  });

  it('one problem in one notification', async () => {
    const server = await dictationWith({
      refuse: { code: 1008, text: 'Account has insufficient balance' },
    });
    await openPage();
    const told = await toldBy(() => Promise.resolve(startDictation()));
    const shown = told.filter(([kind]) => kind !== 'line');
    assert.equal(shown.length, 1, JSON.stringify(told));
    assert.match(shown[0]?.[1] ?? '', /^Lull: The account was refused; .*balance/);
    assert.deepEqual(shown[0]?.slice(2), ['Open Dashboard', 'Set API Key']);
    await server.close();
  });

  it('a phrase of its history to whoever wants it again, where they are', async () => {
    const server = await dictationWith(saying('Say it again.'));
    await openPage();
    await startDictation();
    const { document } = await openPage();
    const { showQuickPick } = window;
    Object.assign(window, { showQuickPick: async ([first]: readonly unknown[]) => first });
    try {
      await commands.executeCommand('lull.insertFromHistory');
    } finally {
      Object.assign(window, { showQuickPick });
    }
    assert.equal(document.getText(), 'Say it again.');
    await server.close();
  });
});

describe('text from outside', () => {
  afterEach(async () => {
    Object.assign(window, originals);
    await resetSettings();
  });

  it('is never a link, a command or an icon, wherever it is shown', async () => {
    await set('announcements', 'on');
    let shown: string[] = [];
    const record = async (text: string) => void shown.push(text);
    Object.assign(window, {
      showErrorMessage: record,
      showWarningMessage: record,
      showInformationMessage: record,
      showQuickPick: async (items: readonly { readonly label: string }[]) =>
        void shown.push(...items.map(({ label }) => label)),
      withProgress: async ({ title }: { readonly title: string }) => void shown.push(title),
    });
    const clock = createMonotonicClock();
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        shown = [];
        for (const code of ['service-failed', 'request-refused', 'invalid-option'] as const) {
          const error = { code, message: text };
          const { tooltip, spoken } = describeStatus({ kind: 'problem', error }, 0);
          shown.push(tooltip, spoken);
          await tellError(error);
        }
        new Warnings().tell('any', text);
        new Unplaced().offer('words', text);
        new Announcer(clock).say(text);
        const phrases = [{ text, atMs: 0, fate: 'typed' as const }];
        await showHistory({ history: { phrases } } as unknown as Shell);
        assert.ok(shown.length >= 13, `${shown.length}`);
        assert.deepEqual(
          shown.filter((each) => ALIVE.test(each)),
          [],
        );
        assert.deepEqual(
          shown.filter((each) => each.length > MOST_CHARACTERS),
          [],
        );
      }),
    );
  }).timeout(60_000);
});
