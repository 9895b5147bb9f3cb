/** What was said about one setting, in whatever type it stands in the files. */
export interface Said {
  /** The person's own value, or the default. */
  readonly own: unknown;
  /** The workspace's; absent where it says nothing, and always in Restricted Mode. */
  readonly workspace: unknown;
}

/** What counts, and the reason why the workspace's word does not, for the log. */
export interface Settled<Value> {
  readonly value: Value;
  readonly ignored?: 'longer' | 'invalid' | 'on' | 'dearer';
}

/**
 * A limit on what a session may cost: a workspace may shorten the person's own and never lengthen it
 * or, with 0, switch it off.
 */
export function settleLimit(own: number, workspace: unknown): Settled<number> {
  if (workspace === undefined || workspace === own) return { value: own };
  if (typeof workspace !== 'number' || !Number.isFinite(workspace) || workspace < 0) {
    return { value: own, ignored: 'invalid' };
  }
  const isShorter = workspace > 0 && (own === 0 || workspace < own);
  return isShorter ? { value: workspace } : { value: own, ignored: 'longer' };
}

/** What a workspace may switch off for itself, and never on. */
export function settleSwitch(own: boolean, workspace: unknown): Settled<boolean> {
  if (workspace === undefined || workspace === own) return { value: own };
  if (typeof workspace !== 'boolean') return { value: own, ignored: 'invalid' };
  return workspace ? { value: own, ignored: 'on' } : { value: false };
}

/** What a workspace may say as it likes, as long as `check` finds nothing wrong with it. */
export function settleValue<Value>(
  { own, workspace }: Said,
  check: (value: unknown) => Value,
): Settled<Value> {
  const value = check(own);
  if (workspace === undefined) return { value };
  try {
    return { value: check(workspace) };
  } catch {
    // The workspace's mistake is no reason for the person not to dictate.
    return { value, ignored: 'invalid' };
  }
}
