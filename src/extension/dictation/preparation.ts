import type { CancellationToken } from 'vscode';
import {
  type AudioSource,
  checkOptions,
  createReplacer,
  type DictationSettings,
  listPriceUsd,
  type Note,
} from '../../core/index.ts';
import { openMicrophone } from '../settings/microphone.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { Shell } from '../window-services.ts';
import { type Budget, checkBudget } from './budget.ts';
import { askConsent, askWhoRecognizes, chooseLocalEngine, setUp } from './questions.ts';
import { type OpenService, openService, planService, type ServicePlan } from './service.ts';
import { keytermsSource, workspaceKeyterms } from './workspace-keyterms.ts';

/** Everything one dictation needs, checked and open. */
export interface Preparation {
  readonly settings: DictationSettings;
  readonly notes: readonly Note[];
  readonly source: AudioSource;
  readonly service: OpenService;
  readonly budget: Budget;
  readonly replace: (heard: string) => string;
  readonly spokenCommands: 'on' | 'off';
  readonly soundCues: 'on' | 'off';
}

/** What is to be done, with all questions answered. */
export interface Decision {
  readonly chosen: Settings;
  readonly settings: DictationSettings;
  readonly notes: readonly Note[];
  readonly plan: DecidedPlan;
}

type DecidedPlan = Exclude<ServicePlan, { engine: 'undecided' }>;

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
  const { settings, notes } = checkOptions(chosen.options);
  const plan = await decidePlan(shell, chosen, token);
  if (plan === undefined || token.isCancellationRequested) return undefined;
  return { chosen, settings, notes: [...notes, ...chosen.notes], plan };
}

/** @throws DictationError when nothing is left of the budget, or the engine cannot start */
export async function prepare(
  shell: Shell,
  { chosen, settings, notes, plan }: Decision,
): Promise<Preparation> {
  const { keys, localEngine, clock, usage, otherWindows } = shell;
  const own = settings.keyterms;
  const harvested = keytermsSource(chosen) === 'on' ? await workspaceKeyterms(own) : [];
  const keyterms = [...own, ...harvested];
  const isFree = plan.engine === 'local';
  const budget: Budget = {
    monthlyUsd: isFree ? 0 : chosen.monthlyBudgetUsd,
    usdPerHour: isFree ? 0 : listPriceUsd(settings.model, 3_600, keyterms.length),
    spentUsd: async () => (await usage.thisMonth()).costUsd,
    elsewhere: () => otherWindows.spending(),
  };
  await checkBudget(budget);
  const { tokenUrl, spokenCommands, soundCues } = chosen;
  const service = await openService(plan, { keys, localEngine, clock, tokenUrl });
  return {
    settings: { ...settings, keyterms },
    notes,
    source: openMicrophone(chosen, clock),
    service,
    budget,
    replace: createReplacer(chosen.replacements),
    spokenCommands,
    soundCues,
  };
}

async function decidePlan(
  shell: Shell,
  chosen: Settings,
  token: CancellationToken,
): Promise<DecidedPlan | undefined> {
  const { keys, localEngine, context } = shell;
  const hasKey = async () => ((await keys.find()) === undefined ? 'unknown' : 'known');
  let plan = planService(chosen, await hasKey());
  if (plan.engine === 'undecided') {
    const who = await askWhoRecognizes(await presence(localEngine), token);
    const answered = await setUp(who, token);
    if (answered === undefined || token.isCancellationRequested) return undefined;
    plan = planService({ ...chosen, ...answered }, await hasKey());
  }
  if (plan.engine === 'undecided') return undefined;
  if (plan.engine === 'local' || plan.host === undefined) return plan;

  const state = context.globalState;
  const answer = await askConsent(plan.host, { state, localEngine: await presence(localEngine) });
  if (answer === 'cancelled') return undefined;
  if (answer === 'send') return plan;
  await chooseLocalEngine();
  return { engine: 'local' };
}

export async function presence(engine: Shell['localEngine']): Promise<'installed' | 'absent'> {
  return (await engine.isInstalled()) ? 'installed' : 'absent';
}
