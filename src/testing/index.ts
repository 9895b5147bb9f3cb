export { FakeClock } from './fake-clock.ts';
export { createFakeNetwork, type FakeNetwork, type FakeSocket } from './fake-socket.ts';
export { FakeSource, type Sound } from './fake-source.ts';
export type { RecordedConnection } from './recorded-connection.ts';
export { type ScriptedServer, startScriptedServer } from './scripted-server.ts';
export type { ServerScript, ServerStep } from './server-script.ts';
export {
  beginMessage,
  errorMessage,
  finalTurn,
  partialTurn,
  type ServerFrame,
  speechStarted,
} from './wire-messages.ts';
