export { createMonotonicClock } from './monotonic-clock.ts';
export { openWebSocket } from './web-socket.ts';
