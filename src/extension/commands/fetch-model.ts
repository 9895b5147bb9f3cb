import { commands, l10n, ProgressLocation, window } from 'vscode';
import type { DictationError } from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';
import { chooseEngine, type LocalEngine } from '../settings/local-engine.ts';
import { asFailure } from '../window/failure.ts';

const MB = 1_000_000;
const SHOWN_MS = 10_000;

/**
 * Fetches the speech model of the offline recogniser, which the person agreed to. Nothing waits for
 * it: dictation begins when it is asked for again, and not by itself minutes later.
 */
export async function fetchModel(localEngine: LocalEngine): Promise<void> {
  try {
    const outcome = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t('Lull: Fetching the speech model'),
        cancellable: true,
      },
      async (progress, token) => {
        const stopping = new AbortController();
        token.onCancellationRequested(() => stopping.abort());
        let shown = 0;
        try {
          await localEngine.fetchModel(stopping.signal, (step) => {
            if (step.kind !== 'fetching') {
              return progress.report({ message: l10n.t('checking and unpacking it') });
            }
            const { bytes, ofBytes = bytes } = step;
            const percent = Math.floor((100 * bytes) / ofBytes);
            if (percent === shown && bytes > 0) return;
            const message = l10n.t(
              '{0} of {1} MB',
              Math.floor(bytes / MB),
              Math.round(ofBytes / MB),
            );
            progress.report({ message, increment: percent - shown });
            shown = percent;
          });
          return 'fetched';
        } catch (error) {
          if (stopping.signal.aborted) return 'stopped';
          throw error;
        }
      },
    );
    if (outcome === 'stopped') {
      const sentence = l10n.t(
        'Lull: The download was stopped; choose Dictate offline again to continue it',
      );
      window.setStatusBarMessage(sentence, SHOWN_MS);
      return;
    }
  } catch (thrown) {
    return tellFailure(asFailure(thrown), localEngine);
  }
  await chooseEngine('local');
  await commands.executeCommand('setContext', 'lull.canRecognize', true);
  const start = l10n.t('Start Dictation');
  const answer = await window.showInformationMessage(
    l10n.t('Lull: Ready to dictate offline; your voice stays on this machine'),
    start,
  );
  if (answer === start) await commands.executeCommand('lull.startDictation');
}

async function tellFailure({ message }: DictationError, localEngine: LocalEngine): Promise<void> {
  const again = l10n.t('Try Again');
  const other = l10n.t('Choose Who Listens');
  const answer = await window.showErrorMessage(`Lull: ${plainLabel(message)}`, again, other);
  if (answer === again) await fetchModel(localEngine);
  if (answer === other) await commands.executeCommand('lull.chooseEngine');
}
