import {
  type AudioSource,
  checkOptions,
  createReplacer,
  type DictationSettings,
  type Note,
} from '../../core/index.ts';
import { openMicrophone } from '../settings/microphone.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { Shell } from '../window-services.ts';
import { type Budget, checkBudget } from './budget.ts';
import { askConsent } from './consent.ts';
import { askWhoRecognizes, chooseLocalEngine } from './questions.ts';
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

type DecidedPlan = Exclude<ServicePlan, { engine: 'undecided' }>;

/**
 * Checks the settings and asks what only the person can answer.
 * @returns `undefined` when the person changed their mind
 * @throws DictationError when something is wrong or missing
 */
export async function prepare(shell: Shell): Promise<Preparation | undefined> {
  const chosen = readSettings();
  const { settings, notes } = checkOptions(chosen.options);
  const plan = await decide(shell, chosen);
  if (plan === undefined) return undefined;

  const { keys, localEngine, clock, usage } = shell;
  const isFree = plan.engine === 'local';
  const budget = {
    monthlyUsd: isFree ? 0 : chosen.monthlyBudgetUsd,
    spentUsd: usage.thisMonth().costUsd,
  };
  checkBudget(budget);
  const { tokenUrl, spokenCommands, soundCues } = chosen;
  const own = settings.keyterms;
  const harvested = keytermsSource(chosen) === 'on' ? await workspaceKeyterms(own) : [];
  const service = await openService(plan, { keys, localEngine, clock, tokenUrl });
  return {
    settings: { ...settings, keyterms: [...own, ...harvested] },
    notes: [...notes, ...chosen.notes],
    source: openMicrophone(chosen, clock),
    service,
    budget,
    replace: createReplacer(chosen.replacements),
    spokenCommands,
    soundCues,
  };
}

async function decide(shell: Shell, settings: Settings): Promise<DecidedPlan | undefined> {
  const { keys, localEngine, context } = shell;
  const key = await keys.find();
  let plan = planService(settings, key === undefined ? 'unknown' : 'known');
  if (plan.engine === 'undecided') {
    const answer = await askWhoRecognizes(await presence(localEngine));
    if (answer === 'cancelled') return undefined;
    plan = planService(answer === 'local' ? { ...settings, engine: 'local' } : settings, 'known');
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

async function presence(engine: Shell['localEngine']): Promise<'installed' | 'absent'> {
  return (await engine.isInstalled()) ? 'installed' : 'absent';
}
