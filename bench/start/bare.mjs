// The least that sends a recording: what any script would do before its first frame.
import { readFile } from 'node:fs/promises';

const [, , path, endpoint] = process.argv;
const pcm = (await readFile(path)).subarray(44);
// Node 20 has no socket of its own.
const Socket = globalThis.WebSocket ?? (await import('ws')).WebSocket;
const socket = new Socket(`${endpoint}?sample_rate=16000`);
socket.onmessage = () => socket.send(pcm.subarray(0, 1_600));
