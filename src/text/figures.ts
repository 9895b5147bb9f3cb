/** "0:17", or "1:02:03" from an hour on, as a player shows it. */
export function playTime(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const two = (number: number) => String(number).padStart(2, '0');
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** The same for a clock that runs, where a second counts when it is over. */
export function elapsed(ms: number): string {
  return playTime(Math.floor(ms / 1_000) * 1_000);
}

/** What four decimals can show. */
const LEAST_USD = 0.0001;

/**
 * "$0.0019": four decimals show the price of a few seconds; from a dollar on, cents are enough.
 * Absent where it is less than they can show, which each shell says in its own words.
 */
export function showPrice(usd: number): string | undefined {
  return usd < LEAST_USD ? undefined : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}
