import { type Command, l10n } from 'vscode';
import { DictationError, type ErrorCode } from '../../core/index.ts';

/** What a person can do about an error; it follows from where the error belongs. */
export function remedyFor(code: ErrorCode): Command {
  if (code === 'device-missing') {
    return { command: 'lull.chooseMicrophone', title: l10n.t('Choose Microphone') };
  }
  const { area } = new DictationError(code, '');
  switch (area) {
    case 'usage':
      return {
        command: 'workbench.action.openSettings',
        title: l10n.t('Open Settings'),
        arguments: ['lull.'],
      };
    case 'account':
      return { command: 'lull.setApiKey', title: l10n.t('Set API Key') };
    case 'recorder':
    case 'audio':
      return { command: 'lull.runDoctor', title: l10n.t('Run Doctor') };
    case 'service':
    case 'output':
    case 'internal':
      return { command: 'lull.showLog', title: l10n.t('Show Log') };
    default:
      return area satisfies never;
  }
}
