import { RUNTIMES } from '../support/runtimes.ts';
import { describeCli } from './cli-contract.ts';

RUNTIMES.filter(({ name }) => name === 'bun').forEach(describeCli);
