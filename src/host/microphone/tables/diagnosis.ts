/** What a recorder that could not record was missing. */
export type Diagnosis = 'sound-server' | 'device' | 'permission' | 'busy';

/**
 * What recorders write when there is nothing to record from. Measured on Debian 12 with no sound
 * server and with an unknown device; stderr alone never makes a recording a failure.
 */
const SIGNS: readonly (readonly [RegExp, Diagnosis])[] = [
  [/permission denied|access denied|operation not permitted|not authorized/i, 'permission'],
  [/device or resource busy/i, 'busy'],
  [/no such entity|unknown pcm|no default audio device|device not found/i, 'device'],
  [/no such device|cannot find card|invalid argument.*device|could not find audio/i, 'device'],
  [/no microphone|no target|can't find node|no such source/i, 'device'],
  [/connection refused|connection terminated|host is down|no such process/i, 'sound-server'],
  [/no sound server/i, 'sound-server'],
  [/audio open error|cannot open audio device|can't open input/i, 'device'],
];

/** `stderr` is the end of what the recorder wrote. */
export function diagnose(stderr: string): Diagnosis | undefined {
  return SIGNS.find(([sign]) => sign.test(stderr))?.[1];
}
