import { describeInHost } from './support/in-host.ts';

/** In the oldest, what asks VS Code itself for something; what Lull decides is tried in the newest. */
const TITLES =
  '^(the extension |typing into |where dictation types (?!.*very large)|a dictation types )';

await describeInHost({ release: 'oldest', titles: TITLES });
