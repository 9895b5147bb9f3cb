import {
  commands,
  type ExtensionContext,
  type Tab,
  TabInputText,
  TabInputWebview,
  Uri,
  window,
  workspace,
} from 'vscode';

/** Documents of this kind are read-only, and nobody is asked to save them. */
export const REPORT_SCHEME = 'lull-report';

const reports = new Map<string, string>();
let shown = 0;

/**
 * Shows Markdown as a page; a later one of the same name takes its place. What comes from outside is
 * made plain before it gets here.
 */
export async function showReport(
  name: string,
  markdown: string,
  { subscriptions }: ExtensionContext,
): Promise<void> {
  const isFirst = reports.size === 0;
  reports.set(name, markdown);
  if (isFirst) {
    const provider = { provideTextDocumentContent: ({ path }: Uri) => reports.get(path) };
    subscriptions.push(workspace.registerTextDocumentContentProvider(REPORT_SCHEME, provider));
  }
  await window.tabGroups.close(window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isPage));
  // Under an address that it had before, VS Code may show the text that it had then.
  shown += 1;
  const uri = Uri.from({ scheme: REPORT_SCHEME, path: name, query: String(shown) });
  const document = await workspace.openTextDocument(uri);
  try {
    await commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // VS Code's own Markdown extension may be switched off; the text is readable as it is.
    await window.showTextDocument(document, { preview: true });
  }

  function isPage({ input, label }: Tab): boolean {
    if (input instanceof TabInputText) {
      return input.uri.scheme === REPORT_SCHEME && input.uri.path === name;
    }
    const isPreview = input instanceof TabInputWebview && /markdown\.preview$/.test(input.viewType);
    return isPreview && label.endsWith(name);
  }
}
