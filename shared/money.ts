/**
 * Money is an integer of minor units (cents, paise, yen) in code and SQL, and a JSON number of major units with at most
 * the decimals of its currency on the wire.
 */

/** The default currency (ISO 4217). */
export const DEFAULT_CURRENCY = "INR";

const USUAL_DECIMALS = 2;
/** The most decimals of a currency that is accepted. */
export const MAX_DECIMALS = 3;

/**
 * Decimals by ISO 4217, where they are not two. `Intl` has those of daily use instead, such as 0 for LAK and IQD.
 * `shared/money_test.ts` compares them with the currencies of dinero.js.
 */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0),
  ...codes("BHD IQD JOD KWD LYD OMR TND", 3),
  ...codes("CLF UYW", 4),
]);

/**
 * The steps in which providers move money, in minor units, where they are not 1: the last of three decimals is 0, and the
 * ariary is used without its decimals. Refunds are rounded to them. Source: docs.stripe.com/currencies.
 */
export const PAYABLE_STEPS: ReadonlyMap<string, number> = new Map([
  ...codes("BHD IQD JOD KWD LYD OMR TND", 10),
  ...codes("MGA", 100),
]);

/** Codes that `Intl` knows, but that are no money of today: withdrawn, or units of account without decimals. */
const NOT_ACCEPTED = new Set("ANG CUC HRK SLL XDR XSU ZWL".split(" "));

let accepted: ReadonlySet<string> | undefined;

/** Whether a text is the ISO 4217 code of a currency that events can be sold in. */
export function isCurrency(code: string): boolean {
  accepted ??= new Set(
    Intl.supportedValuesOf("currency")
      .filter((known) => !NOT_ACCEPTED.has(known) && decimalsOf(known) <= MAX_DECIMALS),
  );
  return accepted.has(code);
}

/** How many decimals amounts of a currency have: 2 for INR, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return DECIMALS.get(currency) ?? USUAL_DECIMALS;
}

/** `1999` minor units of INR are `19.99`, of JPY `1999`, of KWD `1.999`. */
export function toMajor(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** decimalsOf(currency);
}

/** `19.99` INR are `1999` minor units; amounts with more decimals than the currency has are refused before. */
export function toMinor(amount: number, currency: string): number {
  return Math.round(amount * 10 ** decimalsOf(currency));
}

/** Sums of a client may be off by this, such as 0.1 + 0.2; no further decimal of a price is as small. */
const NO_DECIMAL = 1e-6;

/** Whether an amount in major units has at most so many decimals. */
export function hasDecimals(amount: number, most: number): boolean {
  const scaled = amount * 10 ** most;
  const whole = Math.round(scaled);
  return whole / 10 ** most === amount || Math.abs(scaled - whole) < NO_DECIMAL;
}

function codes(list: string, decimals: number): [string, number][] {
  return list.split(" ").map((code) => [code, decimals]);
}
