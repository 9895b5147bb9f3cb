import { afterAll, beforeAll, describe } from 'vitest';
import type { Runtime } from '../../support/runtimes.ts';
import { CliBench } from '../running-cli.ts';
import { describeBadInput } from './bad-input.ts';
import { describeControl } from './control.ts';
import { describeDictation } from './dictation.ts';
import { describeEndings } from './endings.ts';
import { describeLocalEngine } from './local-engine.ts';
import { describeMicrophone } from './microphone.ts';
import { describeOutputs } from './outputs.ts';
import { describeTerminal } from './terminal.ts';
import { describeTmux } from './tmux.ts';
import { describeTyping } from './typing.ts';
import { describeWords } from './words.ts';

/** What the command line promises, held against one runtime. */
export function describeCli(runtime: Runtime): void {
  describe.concurrent(`lull on ${runtime.name}`, () => {
    let bench: CliBench;
    beforeAll(() => {
      bench = new CliBench(runtime);
    });
    afterAll(() => bench.close());

    const here = () => bench;
    describeDictation(here);
    describeEndings(here);
    describeOutputs(here);
    describeBadInput(here);
    describeMicrophone(here);
    describeTerminal(here);
    describeTmux(here);
    describeTyping(here);
    describeWords(here);
    describeControl(here);
    describeLocalEngine(here);
  });
}
