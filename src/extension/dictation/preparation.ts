import type { CancellationToken } from 'vscode';
import {
  type AudioSource,
  checkOptions,
  type DictationOptions,
  type DictationSettings,
  type Note,
  type OptionsFrame,
  type ServicePlan,
} from '../../core/index.ts';
import { DEFAULT_MODEL, listPriceUsd } from '../../protocol/index.ts';
import { createReplacer } from '../../text/index.ts';
import { chooseEngine, type LocalEngine } from '../settings/local-engine.ts';
import { openMicrophone } from '../settings/microphone.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { Shell } from '../window-services.ts';
import { keytermsAtOnce, type WorkspaceKeyterms } from '../words/workspace-keyterms.ts';
import { type Budget, checkBudget } from './budget.ts';
import { askConsent, askKeyterms } from './consent.ts';
import { type DecidedPlan, findPlan, noKeyFor, type OpenService, openService } from './service.ts';
import { askWhoRecognizes, setUp } from './who-recognizes.ts';

/** Everything one dictation needs, checked and open. */
export interface Preparation {
  readonly settings: DictationSettings;
  readonly options: DictationOptions;
  readonly notes: readonly Note[];
  readonly source: AudioSource;
  readonly service: OpenService;
  readonly budget: Budget;
  readonly replace: (heard: string) => string;
  /** Whether the workspace's words go to the recogniser; asked for again as the person moves about. */
  readonly workspaceWords: 'sent' | 'kept';
  readonly chosen: Settings;
  readonly spokenCommands: 'on' | 'off';
}

export const FRAME: OptionsFrame = {
  nameOf: (field) => SETTING_NAMES[field],
  audio: 'live',
};

/** What the options of a dictation are called in the settings. */
const SETTING_NAMES = {
  silenceSeconds: 'lull.silenceSeconds',
  noSpeechSeconds: 'lull.noSpeechSeconds',
  warningSeconds: 'lull.warningSeconds',
  maxSeconds: 'lull.maxMinutes',
  model: 'lull.model',
  mode: 'lull.mode',
  languages: 'lull.languages',
  locale: 'accessibility.voice.speechLanguage',
  keyterms: 'lull.keyterms',
} as const satisfies Record<keyof DictationOptions, string>;

/** What is to be done, with all questions answered. */
export interface Decision {
  readonly chosen: Settings;
  readonly settings: DictationSettings;
  readonly plan: DecidedPlan;
  /** Nothing where the person keeps them here. */
  readonly words: WorkspaceKeyterms | undefined;
}

/**
 * Checks the settings and asks what only the person can answer. Nothing is open yet.
 * @returns `undefined` when the person changed their mind
 * @throws DictationError when something is wrong or missing
 */
export async function decide(
  shell: Shell,
  token: CancellationToken,
): Promise<Decision | undefined> {
  const chosen = readSettings();
  const { settings } = checkOptions(chosen.options, FRAME);
  const plan = await decidePlan(shell, chosen, token);
  if (plan === undefined || token.isCancellationRequested) return undefined;
  const words = await decideWords(shell, { chosen, plan });
  if (token.isCancellationRequested) return undefined;
  return { chosen, settings, plan, words };
}

/** The engine on this machine has no use for keyterms, and nobody who listens here is told of by a question. */
async function decideWords(
  { context }: Shell,
  { chosen, plan }: Pick<Decision, 'chosen' | 'plan'>,
): Promise<WorkspaceKeyterms | undefined> {
  if (plan.engine === 'local') return undefined;
  const words = await keytermsAtOnce(chosen);
  const terms = [...words.listed, ...words.harvested];
  if (plan.host === undefined || (terms.length === 0 && chosen.keytermsFromWorkspace === 'off')) {
    return words;
  }
  const state = context.workspaceState;
  return (await askKeyterms(plan.host, { state, terms })) === 'send' ? words : undefined;
}

/** @throws DictationError when nothing is left of the budget, or the engine cannot start */
export async function prepare(
  shell: Shell,
  { chosen, settings, plan, words }: Decision,
): Promise<Preparation> {
  const { keys, localEngine, clock, usage, otherWindows } = shell;
  const { listed = [], harvested = [], notes = [] } = words ?? {};
  const keyterms = [...settings.keyterms, ...listed, ...harvested];
  const isFree = plan.engine === 'local' || plan.billing === 'free';
  const budget: Budget = {
    monthlyUsd: isFree ? 0 : chosen.monthlyBudgetUsd,
    usdPerHour: isFree ? 0 : hourly(settings.model.name, keyterms.length),
    spentUsd: async () => (await usage.thisMonth()).costUsd,
    elsewhere: () => otherWindows.spending(),
  };
  await checkBudget(budget);
  const { tokenUrl, spokenCommands } = chosen;
  const service = await openService(plan, { keys, localEngine, clock, tokenUrl });
  return {
    settings,
    options: { ...chosen.options, keyterms },
    notes: [...chosen.notes, ...notes],
    source: openMicrophone(chosen, clock),
    service,
    budget,
    replace: createReplacer(chosen.replacements),
    workspaceWords: words === undefined ? 'kept' : 'sent',
    chosen,
    spokenCommands,
  };
}

async function decidePlan(
  shell: Shell,
  chosen: Settings,
  token: CancellationToken,
): Promise<DecidedPlan | undefined> {
  const { keys, localEngine, context } = shell;
  let plan = await findPlan(chosen, keys);
  if (await isUndecided(plan, localEngine)) {
    const who = await askWhoRecognizes(localEngine, token);
    if (token.isCancellationRequested) return undefined;
    const answered = await setUp(who, token);
    if (answered === undefined || token.isCancellationRequested) return undefined;
    plan = await findPlan({ ...chosen, ...answered }, keys);
  }
  if (plan.engine === 'none') throw noKeyFor(plan.host);
  if (await isUndecided(plan, localEngine)) return undefined;
  if (plan.engine === 'local' || plan.host === undefined) return plan;

  const state = context.globalState;
  const answer = await askConsent(plan.host, { state, localEngine });
  if (answer === 'cancelled') return undefined;
  if (answer === 'send') return plan;
  await chooseEngine('local');
  return { engine: 'local', cause: 'asked-for' };
}

/** In the editor nobody is recognised by an engine that was not chosen, or is not there: they are asked. */
async function isUndecided(plan: ServicePlan, localEngine: LocalEngine): Promise<boolean> {
  if (plan.engine !== 'local') return false;
  return plan.cause === 'no-key' || (await localEngine.presence()) !== 'ready';
}

/** Of a model without a known price, the dearest is assumed: a budget must hold. */
function hourly(model: string, keyterms: number): number {
  const perHour = { seconds: 3_600, keyterms };
  return listPriceUsd(model, perHour) ?? listPriceUsd(DEFAULT_MODEL, perHour) ?? 0;
}
