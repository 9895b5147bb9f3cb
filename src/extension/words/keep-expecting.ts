import { type Disposable, window } from 'vscode';
import type { Dictation } from '../../core/index.ts';
import type { Preparation } from '../dictation/preparation.ts';
import type { Shell } from '../window-services.ts';
import { renewKeyterms } from './keyterms-renewal.ts';
import { allKeyterms } from './workspace-keyterms.ts';

/** Tells a dictation which words to expect as the person moves about, where they may be sent at all. */
export function keepExpecting(
  dictation: Dictation,
  { workspaceWords, chosen, settings, options }: Preparation,
  { clock, names }: Shell,
): Pick<Disposable, 'dispose'> {
  if (workspaceWords === 'kept') return { dispose() {} };
  return renewKeyterms({
    clock,
    told: options.keyterms ?? [],
    watch: (onMoved) => window.onDidChangeActiveTextEditor(onMoved),
    async find() {
      void names.refresh();
      const { listed, harvested } = await allKeyterms(chosen, clock);
      return [...settings.keyterms, ...listed, ...harvested];
    },
    tell: (keyterms) => dictation.update({ keyterms }),
  });
}
