const WINDOW_MS = 60_000;
/** Whoever can make up names must not fill the memory with them. */
const MOST_CLIENTS = 10_000;

/** Counts what each client took in the last minute; gives 0, or the seconds until the next one. */
export function createRateLimit({
  perMinute,
  nowMs,
}: {
  readonly perMinute: number;
  readonly nowMs: () => number;
}): (client: string) => number {
  const taken = new Map<string, readonly number[]>();
  return (client) => {
    const now = nowMs();
    const recent = (taken.get(client) ?? []).filter((at) => now - at < WINDOW_MS);
    // The order of the map is that of the last request, so that the longest unseen are forgotten.
    taken.delete(client);
    const isFull = recent.length >= perMinute;
    taken.set(client, isFull ? recent : [...recent, now]);
    if (taken.size > MOST_CLIENTS) forgetOldest(taken);
    return isFull ? Math.ceil((WINDOW_MS - (now - (recent[0] ?? now))) / 1_000) : 0;
  };
}

function forgetOldest(taken: Map<string, unknown>): void {
  for (const client of taken.keys()) {
    taken.delete(client);
    return;
  }
}
