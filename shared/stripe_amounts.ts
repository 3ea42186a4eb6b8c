import { decimalsOf } from "./money.ts";

/**
 * Decimals of amounts in Stripe's API, where they are not two. ISK and UGX have none, yet are given with two that are
 * zero. Source: docs.stripe.com/currencies.
 */
const STRIPE_DECIMALS: ReadonlyMap<string, number> = new Map([
  ...codes("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF", 0),
  ...codes("BHD JOD KWD OMR TND", 3),
]);
const USUAL_DECIMALS = 2;
/** Amounts of currencies with three decimals must end in a zero. */
const STEP_OF_THREE_DECIMALS = 10;

/** Returns an amount as Stripe's API takes it; `undefined` if Stripe cannot express it, such as 1.005 KWD. */
export function toStripeAmount(amountMinor: number, currency: string): number | undefined {
  const amount = amountMinor * 10 ** (stripeDecimalsOf(currency) - decimalsOf(currency));
  return amount % stepOf(currency) === 0 ? amount : undefined;
}

/** As {@link toStripeAmount}, rounded up to the next amount that Stripe can express: half of 1.250 KWD are 0.630. */
export function toStripeAmountAtLeast(amountMinor: number, currency: string): number {
  const step = stepOf(currency);
  const amount = amountMinor * 10 ** (stripeDecimalsOf(currency) - decimalsOf(currency));
  return Math.ceil(amount / step) * step;
}

/** Returns an amount of Stripe's API in minor units. */
export function fromStripeAmount(amount: number, currency: string): number {
  return Math.round(amount * 10 ** (decimalsOf(currency) - stripeDecimalsOf(currency)));
}

function stripeDecimalsOf(currency: string): number {
  return STRIPE_DECIMALS.get(currency) ?? USUAL_DECIMALS;
}

function stepOf(currency: string): number {
  return stripeDecimalsOf(currency) === 3 ? STEP_OF_THREE_DECIMALS : 1;
}

function codes(list: string, decimals: number): [string, number][] {
  return list.split(" ").map((code) => [code, decimals]);
}
