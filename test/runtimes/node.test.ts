import { RUNTIMES } from '../support/runtimes.ts';
import { describeCli } from './cli-contract.ts';

RUNTIMES.filter(({ name }) => name === 'node').forEach(describeCli);
