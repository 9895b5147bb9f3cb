/** What the palette and keys can ask for: each is `lull.` and the name. */
export const COMMANDS = [
  'startDictation',
  'startInTerminal',
  'stopDictation',
  'toggleDictation',
  'cancelDictation',
  'keepListening',
  'undoLastPhrase',
  'setApiKey',
  'removeApiKey',
  'withdrawConsent',
  'chooseEngine',
  'fetchModel',
  'chooseMicrophone',
  'testMicrophone',
  'runDoctor',
  'showUsage',
  'showHistory',
  'insertFromHistory',
  'previewKeyterms',
  'showLog',
] as const;

export type CommandName = (typeof COMMANDS)[number];
