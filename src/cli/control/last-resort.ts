import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** What ends the program on a second Ctrl-C when its own main loop does not come to it. */
export interface LastResort {
  /** A Ctrl-C came as a key press, which only this process could see. */
  interrupted(): void;
  /** From now on Ctrl-C is a key press, unless the main loop hangs. */
  watchKeys(): void;
  ignoreKeys(): void;
}

/** How long it may take to end in the usual way, which also says goodbye to the service. */
const PATIENCE_S = 2;
/** To start a program holds everything up for some milliseconds: not while a dictation begins. */
const START_AFTER_MS = 1_000;
const BEAT_MS = 1_000;
const BEATS_MISSED_S = 3;

/** What raw mode takes away, given back: the keys of the terminal send signals again. */
const COOKED = 'brkint icrnl ixon echo icanon iexten isig';

/**
 * A shell in our process group gets each Ctrl-C of the terminal as we do, and counts. Its pipe to us
 * ends when we do, and so does it. While keys are read each beat on the pipe promises another; where
 * that does not come, Ctrl-C is made a signal again, which the kernel delivers whatever hangs.
 */
const WATCH = `
lull=$PPID; count=0
trap 'count=$((count + 1))' INT
exec 3<&0 </dev/null
(
  trap '' INT; late=
  while read -r beat <&3; do
    [ -z "$late" ] || kill -s KILL "$late"
    late=
    [ "$beat" = last ] || { (sleep ${BEATS_MISSED_S}; stty ${COOKED} </dev/tty) & late=$!; }
  done
  [ -z "$late" ] || kill -s KILL "$late"
  kill -s KILL $$
) & reader=$!
exec 3<&-
while [ $count -lt 2 ]; do kill -0 $reader || exit; wait; done
trap '' INT; sleep ${PATIENCE_S}
kill -s KILL $lull`;

/** Windows has no such signals: there a program that hangs is ended by closing its window. */
export function openLastResort(platform: string): LastResort {
  let watch: ChildProcessByStdio<Writable, null, null> | undefined;
  let keys: 'watched' | 'not-watched' = 'not-watched';
  const tell = (beat: 'next' | 'last') => void watch?.stdin.write(`${beat}\n`);
  const start = () => {
    watch = spawn('/bin/sh', ['-c', WATCH], {
      // The system's own programs only, and no key.
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // A machine without this shell, or one that was ended: then we are alone as before.
    watch.on('error', () => {});
    watch.stdin.on('error', () => {});
    watch.unref();
    setInterval(() => {
      if (keys === 'watched') tell('next');
    }, BEAT_MS).unref();
  };
  if (platform !== 'win32') setTimeout(start, START_AFTER_MS).unref();

  return {
    interrupted: () => void watch?.kill('SIGINT'),
    watchKeys() {
      keys = 'watched';
    },
    ignoreKeys() {
      keys = 'not-watched';
      tell('last');
    },
  };
}
