import { readFileSync } from 'node:fs';

/**
 * A shell's background job that touches the terminal's modes is halted (SIGTTOU), so `lull &` must
 * not ask for single keys. Only Linux tells; elsewhere the foreground is assumed.
 */
export function isInForeground(): boolean {
  try {
    // proc(5): after the name in brackets come state, parent, process group, session, terminal
    // and the terminal's foreground process group.
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    // No /proc here: not Linux, or a sandbox.
    return true;
  }
}
