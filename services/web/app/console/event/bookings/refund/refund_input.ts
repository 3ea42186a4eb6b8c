/** The most characters of a reason; what the API takes. */
export const MAX_REASON_CHARS = 500;

/** The sign or the code of a currency before an amount. */
const CURRENCY = /^(?:\p{Sc}|rs\.?|[a-z]{3})/iu;
const PLAIN = /^\d+(?:\.\d{1,3})?$/;
/** In groups as India or others write them; the last one has three digits, so that 99,50 is none. */
const GROUPED = /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,3})?$/;

/** Reads an amount in major units as people type it, with its currency or without; `undefined` if it is none. */
export function readAmount(text: string): number | undefined {
  const typed = text.replaceAll(/\s/g, "").replace(CURRENCY, "");
  if (!PLAIN.test(typed) && !GROUPED.test(typed)) return undefined;
  const amount = Number(typed.replaceAll(",", ""));
  return amount > 0 ? amount : undefined;
}
