import { describeInHost } from './support/in-host.ts';

await describeInHost({ release: 'newest' });
