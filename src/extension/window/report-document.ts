import { EventEmitter, type ExtensionContext, Uri, window, workspace } from 'vscode';

/** Documents of this kind are read-only, and nobody is asked to save them. */
export const REPORT_SCHEME = 'lull-report';

const changed = new EventEmitter<Uri>();
const reports = new Map<string, string>();

/** Shows a text as a document; a later one of the same name takes its place. */
export async function showReport(
  name: string,
  text: string,
  { subscriptions }: ExtensionContext,
): Promise<void> {
  const uri = Uri.from({ scheme: REPORT_SCHEME, path: name });
  const isFirst = reports.size === 0;
  reports.set(name, text);
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
  changed.fire(uri);
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
}
