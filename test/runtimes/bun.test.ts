import { RUNTIMES } from '../support/runtimes.ts';
import { describeCli } from './contract/cli-contract.ts';

RUNTIMES.filter(({ name }) => name === 'bun').forEach(describeCli);
