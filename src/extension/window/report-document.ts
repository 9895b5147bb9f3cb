import { commands, EventEmitter, type ExtensionContext, Uri, window, workspace } from 'vscode';

/** Documents of this kind are read-only, and nobody is asked to save them. */
export const REPORT_SCHEME = 'lull-report';

const changed = new EventEmitter<Uri>();
const reports = new Map<string, string>();

/**
 * Shows Markdown as a page; a later one of the same name takes its place. What comes from outside is
 * made plain before it gets here.
 */
export async function showReport(
  name: string,
  markdown: string,
  { subscriptions }: ExtensionContext,
): Promise<void> {
  const uri = Uri.from({ scheme: REPORT_SCHEME, path: name });
  const isFirst = reports.size === 0;
  reports.set(name, markdown);
  if (isFirst) {
    const provider = {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ path }: Uri) => reports.get(path),
    };
    subscriptions.push(
      changed,
      workspace.registerTextDocumentContentProvider(REPORT_SCHEME, provider),
    );
  }
  const document = await workspace.openTextDocument(uri);
  // A page that was closed before may be opened with the text it had then.
  changed.fire(uri);
  try {
    await commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // VS Code's own Markdown extension may be switched off; the text is readable as it is.
    await window.showTextDocument(document, { preview: true });
  }
}
