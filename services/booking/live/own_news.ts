import type { Booking } from "../orders/booking.ts";
import type { BookingStore } from "../orders/store.ts";
import type { WaitlistStore } from "../waitlist/store.ts";

/** Something of a user has changed: of this user, or of whoever has this booking. */
export type OwnChange = { userId: string } | { bookingId: string };

type Listener = (change: OwnChange) => void;

/** What this process changed of its users' bookings and places in line. A hint that may be missing: readers look anyway. */
export class OwnNews {
  #listener: Listener = () => {};

  /** Has `listener` told from now on, instead of the last one. */
  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** Tells of each change that there was. */
  tell(changes: Iterable<OwnChange | undefined>): void {
    for (const change of changes) if (change) this.#listener(change);
  }
}

/** A store of bookings that tells of its changes. Those by many at once, as of a whole event, are found by looking. */
export function tellingBookings(store: BookingStore, news: OwnNews): BookingStore {
  const told = telling(news);
  return {
    ...store,
    insertPending: told(store.insertPending, (_, bookings) => bookings),
    startConfirming: told(store.startConfirming, (claims) => claims),
    requireAction: told(store.requireAction, (_, booking) => [booking]),
    resumeConfirming: told(store.resumeConfirming, (input) => [input]),
    replacePayment: told(store.replacePayment, (input) => [input]),
    completeConfirmations: told(store.completeConfirmations, (captures) => captures),
    declinePayment: told(store.declinePayment, (_, booking) => [booking]),
    abandonConfirmation: told(store.abandonConfirmation, (_, booking) => [booking]),
    extendHold: told(store.extendHold, (_, booking) => [booking]),
    cancelFrom: told(store.cancelFrom, (_, booking) => [booking]),
    expireIfPending: told(store.expireIfPending, (_, booking) => [booking]),
  };
}

/** A store of waitlists that tells of its changes of a user's entry. */
export function tellingWaitlist(store: WaitlistStore, news: OwnNews): WaitlistStore {
  const told = telling(news);
  return {
    ...store,
    admit: told(store.admit, (_, entries) => entries),
    change: told(store.change, (input) => [input]),
    leave: told(store.leave, (input) => [input]),
    decline: told(store.decline, (input) => [input]),
    makeOffers: told(store.makeOffers, (_, bookings: Booking[]) => bookings),
    claim: told(store.claim, (input) => [input]),
  };
}

function telling(news: OwnNews) {
  return <Input, Result>(
    change: (input: Input) => Promise<Result>,
    changesOf: (input: Input, result: Result) => Iterable<OwnChange | undefined>,
  ) =>
  async (input: Input): Promise<Result> => {
    const result = await change(input);
    news.tell(changesOf(input, result));
    return result;
  };
}
