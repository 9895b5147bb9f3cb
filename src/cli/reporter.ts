import { createColors } from 'picocolors';
import {
  type Clock,
  cleanEvent,
  DictationError,
  type DictationEvent,
  type DictationTrace,
} from '../core/index.ts';
import type { DictateArguments } from './arguments.ts';
import { systemReason } from './exit-codes.ts';
import { closingLine, type WouldBe } from './output/closing-line.ts';
import { createFormat, openingOf, type Speech } from './output/format.ts';
import { noticeFor } from './output/notices.ts';
import { createOutlet, type Outlet, type TextStream } from './output/outlet.ts';
import type { OutputFile } from './output/output-file.ts';
import {
  createLineView,
  createLiveView,
  createPlainView,
  type LiveView,
  type ViewStream,
} from './terminal/live-view.ts';
import type { PreviewLine, TerminalView } from './terminal/preview.ts';
import { INITIAL_PREVIEW, previewAfter } from './terminal/preview-state.ts';
import type { Terminal } from './terminal/terminal.ts';

export interface ReporterOptions
  extends Pick<DictateArguments, 'format' | 'layout' | 'detail'>,
    Pick<Terminal, 'preview' | 'words' | 'colours'> {
  readonly stdout: TextStream;
  readonly stderr: ViewStream;
  readonly clock: Pick<Clock, 'schedule'>;
  /** Instead of `stdout`. */
  readonly file: OutputFile | undefined;
  readonly keys: TerminalView['keys'];
  readonly speech: Speech;
  /** Of a recording, where it is known. */
  readonly lengthMs?: number | undefined;
  /** What the countdown says will happen. */
  hangUp(): TerminalView['hangUp'];
  /** For an engine that costs nothing: what the service would have billed. */
  wouldBe(end: Extract<DictationEvent, { type: 'end' }>): WouldBe | undefined;
  /** Nobody can read on, or the disk is full: the dictation has no place to go. */
  onOutputLost(): void;
}

/** Tells one dictation: its words to the output, the rest to standard error. */
export interface Reporter {
  onEvent(event: DictationEvent): void;
  onTrace(trace: DictationTrace): void;
  /** A line for people. */
  say(line: string): void;
  redraw(): void;
  /** Takes the preview away until `redraw`. */
  hide(): void;
  /** Takes the preview away and waits for the last words to be written. */
  finish(): Promise<DictationError | undefined>;
}

export function createReporter(options: ReporterOptions): Reporter {
  const { stdout, stderr, file, format, detail, wouldBe, onOutputLost } = options;
  const view = createView(options);
  const isBelowWords = options.preview === 'drawn' && options.words === 'printed';
  const isHeld = options.layout === 'paragraph' && isBelowWords;
  const write = createFormat(format, {
    layout: isHeld ? 'paragraph-at-the-end' : options.layout,
    speech: options.speech,
  });
  // What a person says should stay to be read, wherever else it goes.
  const shows = options.preview === 'drawn' && (options.words === 'out-of-sight' || isHeld);
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
          stream: file.stream,
          rescue: (text) => view.above(() => screen.write(text, 'kept')),
          onKept: file.keep,
          onFailure: (error) => lose(error, { from: file.path, to: 'standard output' }),
        });
  output.write(openingOf(format), 'passing');

  return {
    onEvent(received) {
      // A filter of the person's own may have been at it since the core cleaned it.
      const event = cleanEvent(received);
      // Of a phrase that only asked to send, nothing is left to write.
      const isNothing = event.type === 'final' && event.text === '';
      const text = isNothing ? '' : write(event);
      const notice = event.type === 'end' ? summary(event) : noticeFor(event, detail);
      const shown =
        shows && outputState === 'open' && event.type === 'final' && !isNothing
          ? `${event.text}\n`
          : '';
      preview = previewAfter(preview, event);
      if (event.type === 'end') view.close();
      if (text + shown === '' && notice === undefined) return view.update(preview);
      view.update(preview, () => {
        if (notice !== undefined && event.type !== 'end') stderr.write(`${notice}\n`);
        if (shown !== '') stderr.write(shown);
        output.write(text, event.type === 'final' || format === 'text' ? 'kept' : 'passing');
        if (notice !== undefined && event.type === 'end') stderr.write(`${notice}\n`);
      });
    },
    onTrace(trace) {
      const notice = noticeFor(trace, detail);
      preview = previewAfter(preview, trace);
      view.update(preview, notice === undefined ? undefined : () => stderr.write(`${notice}\n`));
    },
    say,
    redraw: () => view.redraw(),
    hide: () => view.hide(),
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
      detail === 'quiet'
        ? []
        : [closingLine(end, { outputState, wouldBe: wouldBe(end), lengthMs: options.lengthMs })];
    const lines = [...unsaved, ...closing];
    return lines.length === 0 ? undefined : lines.join('\n');
  }
}

function createView(options: ReporterOptions): LiveView {
  const { preview, stderr: stream, keys, words, clock, lengthMs } = options;
  const hangUp = () => options.hangUp();
  switch (preview) {
    case 'drawn': {
      const reader = words === 'on-a-pipe' ? 'on-a-pipe' : 'none';
      const paint = painter(options.colours);
      return createLiveView({ stream, keys, paint, hangUp, lengthMs, reader, clock });
    }
    case 'lines':
      return createLineView({ stream, hangUp, lengthMs });
    case 'none':
      return createPlainView();
    default:
      return preview satisfies never;
  }
}

function painter(colours: 'on' | 'off'): (line: PreviewLine) => string {
  const { dim, yellow } = createColors(colours === 'on');
  return ({ role, text }) => (role === 'countdown' ? yellow(text) : dim(text));
}
