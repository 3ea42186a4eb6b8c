import { BOOKINGS } from "@evently/shared/metrics";
import type { BookingStore } from "./store.ts";

/** A store of bookings that counts what became of them. */
export function countedBookings(store: BookingStore): BookingStore {
  return {
    ...store,
    insertPending: counted("reserved", store.insertPending, (bookings) => bookings.length),
    completeConfirmations: counted("confirmed", store.completeConfirmations, howMany),
    declinePayment: counted("declined", store.declinePayment, isThere),
    abandonConfirmation: counted("seats_lost", store.abandonConfirmation, isThere),
    cancelFrom: counted("cancelled", store.cancelFrom, isThere),
    cancelForEvent: counted("cancelled", store.cancelForEvent, ({ cancelled }) => cancelled),
    expireIfPending: counted("expired", store.expireIfPending, isThere),
    expireDue: counted("expired", store.expireDue, (expired) => expired),
  };
}

function counted<Input, Result>(
  outcome: string,
  change: (input: Input) => Promise<Result>,
  countOf: (result: Result) => number,
): (input: Input) => Promise<Result> {
  const count = BOOKINGS.series({ outcome });
  return async function countedChange(input) {
    const result = await change(input);
    count.value += countOf(result);
    return result;
  };
}

function howMany(done: readonly boolean[]): number {
  return done.filter(Boolean).length;
}

function isThere(booking: unknown): number {
  return booking === undefined ? 0 : 1;
}
