import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { OutboxStore } from "@evently/shared/outbox";
import type { NewBooking } from "../../../services/booking/orders/booking.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import type { PaymentStore } from "../../../services/booking/payments/payment_store.ts";
import { offerIdOf, type WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type {
  DecidedOffer,
  Decision,
  NewEntry,
  WaitlistStore,
} from "../../../services/booking/waitlist/store.ts";
import { at } from "../bookings/fixtures.ts";

/** How long offers last. */
export const OFFER_MS = 600_000;
/** When events begin, unless said otherwise: seats are then gathered for 12 hours. */
export const STARTS_AT = at(30 * 86_400_000);

/** A fact in the outbox, without what every message has. */
export interface Message {
  topic: string;
  subjectId: string;
  payload: unknown;
}

/** A waitlist and the bookings beside it. */
export interface Stores {
  waitlist: WaitlistStore;
  bookings: BookingStore;
  payments: PaymentStore;
  outbox: OutboxStore;
  /** Reads the messages of an event. */
  messages(eventId: string): Promise<Message[]>;
}

/** A booking of an offer, as a worker makes it. */
export function bookingFor(
  { userId, eventId }: Pick<WaitlistEntry, "userId" | "eventId">,
  { offerId, quantity, expiresAt }: Pick<DecidedOffer, "offerId" | "quantity" | "expiresAt">,
  over: Partial<NewBooking> = {},
): NewBooking {
  return {
    bookingId: offerId,
    userId,
    eventId,
    quantity,
    unitPriceMinor: 500,
    currency: "INR",
    terms: { refundPolicy: [], startsAt: STARTS_AT },
    bookedAt: at(0),
    expiresAt,
    ...over,
  };
}

/** The line of one event. */
export class Line {
  readonly eventId = newId();
  readonly #stores: Stores;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  /** A wish of a new user for tickets of the default type. */
  wish(quantity: number, over: Partial<NewEntry> = {}): NewEntry {
    const { eventId } = this;
    const wanted = { ticketTypeIds: [eventId], quantity, minQuantity: quantity };
    return { entryId: newId(), eventId, userId: newId(), ...wanted, ...over };
  }

  async join(...entries: NewEntry[]): Promise<WaitlistEntry[]> {
    return await this.#stores.waitlist.join({ entries, now: at(0) });
  }

  /** Lets entries join and wait. */
  async wait(...entries: NewEntry[]): Promise<WaitlistEntry[]> {
    const joined = await this.join(...entries);
    const entryIds = joined.map(({ entryId }) => entryId);
    return await this.#stores.waitlist.admit({ eventId: this.eventId, entryIds, now: at(1) });
  }

  async version(): Promise<number> {
    return (await this.#stores.waitlist.findQueue(this.eventId))?.version ?? -1;
  }

  /** Decides at the version of the moment. */
  async decide(decision: Partial<Decision>): Promise<boolean> {
    return await this.#stores.waitlist.decide({
      eventId: this.eventId,
      version: await this.version(),
      now: at(2),
      offers: [],
      passes: [],
      gathering: [],
      notGathering: [],
      ...decision,
    });
  }

  offer(entry: WaitlistEntry, over: Partial<DecidedOffer> = {}): DecidedOffer {
    return {
      entryId: entry.entryId,
      offerId: offerIdOf(entry.entryId, entry.round + 1),
      ticketTypeId: this.eventId,
      quantity: entry.quantity,
      expiresAt: at(OFFER_MS),
      isLast: false,
      ...over,
    };
  }

  /** Makes an offer to a waiting entry; returns its booking. */
  async offered(
    entry: WaitlistEntry,
    over: Partial<DecidedOffer> = {},
    booking: Partial<NewBooking> = {},
  ): Promise<NewBooking> {
    const offer = this.offer(entry, over);
    assert.equal(await this.decide({ offers: [offer] }), true);
    const wanted = bookingFor(entry, offer, booking);
    const made = await this.#stores.waitlist.makeOffers({
      offers: [{ entry, booking: wanted }],
      now: at(3),
    });
    assert.equal(made.length, 1);
    return wanted;
  }

  async entryOf({ userId }: { userId: string }): Promise<WaitlistEntry | undefined> {
    return (await this.#stores.waitlist.findEach([{ userId, eventId: this.eventId }]))[0];
  }

  /** The messages of the event with this topic. */
  async messages(topic: string): Promise<Omit<Message, "topic">[]> {
    return (await this.#stores.messages(this.eventId))
      .filter((message) => message.topic === topic)
      .map(({ subjectId, payload }) => ({ subjectId, payload }));
  }
}
