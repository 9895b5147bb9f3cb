import { createColors } from 'picocolors';
import { DictationError, type DictationEvent } from '../core/index.ts';
import type { Detail } from './arguments.ts';
import { systemReason } from './exit-codes.ts';
import { cleanEvent } from './output/clean-text.ts';
import { closingLine, type WouldBe } from './output/closing-line.ts';
import { createFormat, type OutputFormat, openingOf } from './output/format.ts';
import { noticeFor } from './output/notices.ts';
import { createOutlet, type Outlet, type TextStream } from './output/outlet.ts';
import type { OutputFile } from './output/output-file.ts';
import { createLiveView, createPlainView, type ViewStream } from './terminal/live-view.ts';
import type { PreviewLine, TerminalView } from './terminal/preview.ts';
import { INITIAL_PREVIEW, previewAfter } from './terminal/preview-state.ts';

export interface ReporterOptions {
  readonly stdout: TextStream;
  readonly stderr: ViewStream;
  /** Instead of `stdout`. */
  readonly file: OutputFile | undefined;
  readonly format: OutputFormat;
  readonly detail: Detail;
  readonly preview: 'drawn' | 'none';
  readonly colours: 'on' | 'off';
  readonly keys: TerminalView['keys'];
  /** For an engine that costs nothing: what the service would have billed. */
  wouldBe(end: Extract<DictationEvent, { type: 'end' }>): WouldBe | undefined;
  /** Nobody can read on, or the disk is full: the dictation has no place to go. */
  onOutputLost(): void;
}

/** Tells one dictation: its words to the output, the rest to standard error. */
export interface Reporter {
  onEvent(event: DictationEvent): void;
  /** A line for people. */
  say(line: string): void;
  redraw(): void;
  /** Takes the preview away and waits for the last words to be written. */
  finish(): Promise<DictationError | undefined>;
}

export function createReporter(options: ReporterOptions): Reporter {
  const { stdout, stderr, file, format, detail, wouldBe, onOutputLost } = options;
  const view =
    options.preview === 'drawn'
      ? createLiveView({ stream: stderr, keys: options.keys, paint: painter(options.colours) })
      : createPlainView();
  const write = createFormat(format);
  let preview = INITIAL_PREVIEW;
  let failure: DictationError | undefined;
  let outputState: 'open' | 'lost' = 'open';

  const say = (line: string) => view.above(() => stderr.write(`${line}\n`));
  const lose = (error: Error, places: { readonly from: string; readonly to: string }) => {
    outputState = 'lost';
    // A reader that has seen enough, such as head, is no failure.
    if (systemReason(error) !== 'EPIPE') {
      const message = `Writing to ${places.from} failed (${systemReason(error)}); the words that did not fit go to ${places.to}`;
      failure ??= new DictationError('output-failed', message, { cause: error });
      say(`lull: ${message}`);
    }
    onOutputLost();
  };
  const screen = createOutlet({
    stream: stdout,
    rescue: (text) => view.above(() => stderr.write(text)),
    onFailure: (error) => lose(error, { from: 'standard output', to: 'standard error' }),
  });
  const output: Outlet =
    file === undefined
      ? screen
      : createOutlet({
          stream: file.begin(),
          rescue: (text) => view.above(() => screen.write(text, 'kept')),
          onFailure: (error) => lose(error, { from: file.path, to: 'standard output' }),
        });
  output.write(openingOf(format), 'passing');

  return {
    onEvent(received) {
      const event = cleanEvent(received);
      const text = write(event);
      const notice = event.type === 'end' ? summary(event) : noticeFor(event, detail);
      preview = previewAfter(preview, event);
      if (event.type === 'end') view.close();
      if (text === '' && notice === undefined) return view.update(preview);
      view.update(preview, () => {
        if (notice !== undefined) stderr.write(`${notice}\n`);
        output.write(text, event.type === 'final' ? 'kept' : 'passing');
      });
    },
    say,
    redraw: () => view.redraw(),
    async finish() {
      view.close();
      await output.drained();
      await screen.drained();
      return failure;
    },
  };

  function summary(end: Extract<DictationEvent, { type: 'end' }>): string | undefined {
    const unsaved =
      end.unsavedText === undefined ? [] : [`lull: Heard but not finished: ${end.unsavedText}`];
    const closing =
      detail === 'quiet' ? [] : [closingLine(end, { outputState, wouldBe: wouldBe(end) })];
    const lines = [...unsaved, ...closing];
    return lines.length === 0 ? undefined : lines.join('\n');
  }
}

function painter(colours: 'on' | 'off'): (line: PreviewLine) => string {
  const { dim, yellow } = createColors(colours === 'on');
  return ({ role, text }) => (role === 'countdown' ? yellow(text) : dim(text));
}
