import { DomainError, invalidInput } from "@evently/shared/errors";
import { MAX_INT32 } from "@evently/shared/http";
import { decimalsOf, hasDecimals, toMajor, toMinor } from "@evently/shared/money";
import type { Tx } from "@evently/shared/postgres";
import { hasSold, listTypePrices, updateTypePrices } from "./event_changes_sql.ts";

/** A change of an event's currency. */
export interface CurrencyChange {
  from: string;
  to: string;
}

/**
 * The price with the same number in another currency: 1,500 INR become 1,500 JPY.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the other currency has no such price
 */
export function convertPrice(priceMinor: number, { from, to }: CurrencyChange): number {
  if (decimalsOf(from) === decimalsOf(to)) return priceMinor;
  const price = toMajor(priceMinor, from);
  if (!hasDecimals(price, decimalsOf(to)) || price > toMajor(MAX_INT32, to)) {
    throw invalidInput(
      "currency",
      `currency must have every price of the event: ${to} has no ${price}`,
    );
  }
  return toMinor(price, to);
}

/**
 * Converts the prices of a locked event's ticket types; that of the default type is the event's.
 *
 * @throws {DomainError} `EVENT_STATE_CONFLICT`: the event has sold tickets; `VALIDATION_FAILED`: see {@link convertPrice}
 */
export async function changeCurrency(
  tx: Tx,
  { eventId, now, ...change }: CurrencyChange & { eventId: string; now: Date },
): Promise<void> {
  if (await hasSold(tx, eventId)) {
    throw new DomainError(
      "EVENT_STATE_CONFLICT",
      `Cannot change currency as the event has sold tickets: current value is ${change.from}`,
    );
  }
  const prices = await listTypePrices(tx, eventId);
  const converted = prices
    .map(({ type, priceMinor }) => ({ type, priceMinor: convertPrice(priceMinor, change) }))
    .filter(({ priceMinor }, i) => priceMinor !== prices[i]!.priceMinor);
  await updateTypePrices(tx, { eventId, prices: converted, now });
}
