/**
 * Money is an integer of minor units (cents, paise) in code and SQL, and a JSON number of major units with at most two
 * decimals on the wire.
 */
export const MINOR_UNITS_PER_MAJOR = 100;

/** The default currency (ISO 4217). */
export const DEFAULT_CURRENCY = "INR";

/** `1999` minor units are `19.99`. */
export function toMajor(amountMinor: number): number {
  return amountMinor / MINOR_UNITS_PER_MAJOR;
}

/** `19.99` is `1999` minor units; more than two decimals have been refused before. */
export function toMinor(amount: number): number {
  return Math.round(amount * MINOR_UNITS_PER_MAJOR);
}
