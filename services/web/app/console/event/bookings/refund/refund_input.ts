/** The most characters of a reason; what the API takes. */
export const MAX_REASON_CHARS = 500;

/** An amount as people type it: with a sign of its currency, spaces and grouping, or without. */
const AMOUNT = /^\d+(?:\.\d{1,3})?$/;

/** Reads an amount in major units; `undefined` if it is none, or nothing. */
export function readAmount(text: string): number | undefined {
  const plain = text.replaceAll(/[\s,\u00a0]/g, "").replace(/^(?:[^\d.]{1,4})/, "");
  if (!AMOUNT.test(plain)) return undefined;
  const amount = Number(plain);
  return amount > 0 ? amount : undefined;
}
