import { type Command, l10n, Uri } from 'vscode';
import { DictationError, type ErrorCode } from '../../core/index.ts';

/** An error, as far as what helps against it depends on it. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What the service calls a thing that a setting says, in its own words. */
const SETTINGS_OF_PARAMETERS = {
  speech_model: 'model',
  keyterms_prompt: 'keyterms',
  keyterm: 'keyterms',
  language_codes: 'languages',
  language: 'languages',
  mode: 'mode',
  inactivity_timeout: 'silenceSeconds',
} as const;

const DASHBOARD = 'https://www.assemblyai.com/dashboard';

/** What a person can do about a problem, the likeliest first. */
export function remediesFor(problem: Problem): readonly [Command, ...Command[]] {
  switch (problem.code) {
    case 'device-missing':
      return [chooseMicrophone(), runDoctor()];
    case 'account-refused':
      return [openDashboard(), setApiKey()];
    case 'key-refused':
      return [setApiKey(), openDashboard()];
    case 'no-key':
      return [setApiKey(), chooseEngine()];
    case 'engine-unavailable':
      return [chooseEngine(), runDoctor()];
    case 'request-refused':
      return [openSettings(settingIn(problem.message)), showLog()];
    case 'internal':
      return [showLog(), tryAgain()];
    default:
      return byArea(problem);
  }
}

/** The setting a message is about, as the service or Lull names it. */
export function settingIn(message: string): string | undefined {
  const own = /\blull\.(\w+)/.exec(message)?.[1];
  if (own !== undefined) return own;
  const found = Object.entries(SETTINGS_OF_PARAMETERS).find(([parameter]) =>
    new RegExp(`\\b${parameter}`, 'i').test(message),
  );
  return found?.[1];
}

function byArea({ code, message }: Problem): readonly [Command, ...Command[]] {
  const { area } = new DictationError(code, '');
  switch (area) {
    case 'usage':
      return [openSettings(settingIn(message))];
    case 'account':
      return [setApiKey()];
    case 'recorder':
    case 'audio':
      return [runDoctor(), chooseMicrophone()];
    case 'service':
      return [tryAgain(), runDoctor()];
    case 'output':
    case 'internal':
      return [showLog()];
    default:
      return area satisfies never;
  }
}

const tryAgain = () => ({ command: 'lull.startDictation', title: l10n.t('Try Again') });
const runDoctor = () => ({ command: 'lull.runDoctor', title: l10n.t('Run Doctor') });
const showLog = () => ({ command: 'lull.showLog', title: l10n.t('Show Log') });
const setApiKey = () => ({ command: 'lull.setApiKey', title: l10n.t('Set API Key') });
const chooseEngine = () => ({ command: 'lull.chooseEngine', title: l10n.t('Choose Who Listens') });
const chooseMicrophone = () => ({
  command: 'lull.chooseMicrophone',
  title: l10n.t('Choose Microphone'),
});
const openDashboard = () => ({
  command: 'vscode.open',
  title: l10n.t('Open Dashboard'),
  arguments: [Uri.parse(DASHBOARD)],
});
const openSettings = (name: string | undefined) => ({
  command: 'workbench.action.openSettings',
  title: l10n.t('Open Settings'),
  arguments: [name === undefined ? 'lull.' : `@id:lull.${name}`],
});
