import type { SpeechModel } from '../assemblyai/models.ts';

/** What a session adds to the bill. */
export interface Bill {
  readonly audioSeconds: number;
  readonly billedSeconds: number;
  /** True where the service did not tell the billed seconds itself. */
  readonly billedIsEstimate: boolean;
}

export const NOTHING_BILLED: Bill = { audioSeconds: 0, billedSeconds: 0, billedIsEstimate: false };

/** Sessions are billed one by one, so parallel ones add up. */
export function addBill(one: Bill, other: Bill): Bill {
  return {
    audioSeconds: round(one.audioSeconds + other.audioSeconds, 3),
    billedSeconds: round(one.billedSeconds + other.billedSeconds, 3),
    billedIsEstimate: one.billedIsEstimate || other.billedIsEstimate,
  };
}

/** List price of `seconds` of open session, in US dollars. */
export function listPriceUsd(model: SpeechModel, seconds: number, keyterms: number): number {
  const perHour = model.usdPerHour + (keyterms > 0 ? model.keytermsUsdPerHour : 0);
  return round((seconds / 3_600) * perHour, 6);
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
