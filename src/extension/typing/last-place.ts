import { type Disposable, type Event, TextEditorSelectionChangeKind, window } from 'vscode';

/** VS Code tells of commands in a terminal since 1.93. */
interface ShellEvents {
  readonly onDidStartTerminalShellExecution?: Event<{ readonly terminal: unknown }>;
}

/**
 * Where the person was last, an editor or a terminal: the palette and the status bar take the focus
 * away, and VS Code does not say from where. It is told by what they did there.
 */
export class LastPlace {
  #place: 'editor' | 'terminal' = 'editor';
  readonly #watching: readonly Disposable[];

  constructor() {
    const inEditor = () => {
      this.#place = 'editor';
    };
    const inTerminal = (terminal: unknown) => {
      if (terminal !== undefined && terminal === window.activeTerminal) this.#place = 'terminal';
    };
    const shell = window as ShellEvents;
    const known = new WeakSet<object>();
    this.#watching = [
      window.onDidChangeActiveTextEditor((editor) => editor && inEditor()),
      window.onDidChangeTextEditorSelection(({ kind }) => {
        // Edits of others move a caret as well, and say nothing of the person.
        if (kind !== undefined && kind !== TextEditorSelectionChangeKind.Command) inEditor();
      }),
      window.onDidChangeActiveTerminal(inTerminal),
      window.onDidChangeTerminalState((terminal) => {
        // The state also tells which shell runs, long after the person has left.
        if (!terminal.state.isInteractedWith || known.has(terminal)) return;
        known.add(terminal);
        inTerminal(terminal);
      }),
      // The end of a command is the shell's doing, not the person's, who may be elsewhere by then.
      ...(shell.onDidStartTerminalShellExecution === undefined
        ? []
        : [shell.onDidStartTerminalShellExecution(({ terminal }) => inTerminal(terminal))]),
    ];
  }

  get place(): 'editor' | 'terminal' {
    return this.#place;
  }

  dispose(): void {
    for (const each of this.#watching) each.dispose();
  }
}
