import type { EventHolds } from "../peers/event_bookings.ts";

/** What unpaid holds look like: a few accounts that hold again and again, or many. */
export type HoldWarning = "few_accounts" | "many_accounts";

/** Fewer reservations that ended within an hour are no pattern. */
const MIN_ENDED = 20;
/** As many of them without payment are one: of real buyers fewer change their mind. */
const LAPSED_SHARE = 0.8;
/** Below this share of the capacity nobody is kept from buying. */
const MIN_CAPACITY_SHARE = 0.1;
/** The accounts that are listed are to blame if so much of what lapsed is theirs. */
const FEW_ACCOUNTS_SHARE = 0.5;

/**
 * Says whether the holds of the last hour look like a denial of inventory: many ended, hardly any of them paid, and they
 * kept a good part of the seats from others. A payment provider that fails looks the same, with many accounts.
 *
 * @returns `undefined`: they do not
 */
export function judgeHolds(
  { held, last_hour: { paid, lapsed }, accounts }: EventHolds,
  { capacity }: { capacity: number },
): HoldWarning | undefined {
  const ended = paid.bookings + lapsed.bookings;
  if (ended < MIN_ENDED || lapsed.bookings < LAPSED_SHARE * ended) return undefined;
  if (held.tickets + lapsed.tickets < MIN_CAPACITY_SHARE * capacity) return undefined;
  const listed = accounts.reduce((sum, { last_hour }) => sum + last_hour.lapsed.tickets, 0);
  return listed >= FEW_ACCOUNTS_SHARE * lapsed.tickets ? "few_accounts" : "many_accounts";
}
