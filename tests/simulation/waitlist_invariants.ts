import type { WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import type { ModelTicketType } from "../models/seats/tables.ts";
import type { Change, Observed } from "./booking_invariants.ts";
import { into } from "./invariants.ts";
import type { BookingRow, OutboxRow } from "./model/tables.ts";
import { type EntryRow, toEntry } from "./model/waitlist_tables.ts";
import { wasProcessing } from "./payment_invariants.ts";
import { assertHolds } from "./violation.ts";
import { checkAgreement, checkEntry, checkLine } from "./waitlist_entries.ts";
import { factOf } from "./waitlist_facts.ts";
import type { Rounds } from "./waitlist_rounds.ts";

/** A type is waited for until its event is so near that clocks may differ about whether it has begun. */
const NEAR_MS = 15 * 60_000;

/**
 * Invariants of the waitlist, checked after every step: who waits for what, what the decisions of workers were made of,
 * and that entries, bookings, facts and seats tell the same.
 */
export class WaitlistInvariants {
  readonly #observed: Observed;
  readonly #rounds: Rounds;
  readonly #entries: Change<WaitlistEntry>[] = [];
  readonly #bookings: Change<BookingRow>[] = [];
  readonly #outbox: Change<OutboxRow>[] = [];
  readonly #types: Change<ModelTicketType>[] = [];
  readonly #all = [this.#entries, this.#bookings, this.#outbox, this.#types];
  /** Passes that were checked. */
  #passes = 0;
  /** Ids of offers that were decided. */
  readonly #offerIds = new Set<string>();
  /** Offers that were announced. */
  readonly #announced = new Set<string>();

  constructor(observed: Observed, rounds: Rounds) {
    this.#observed = observed;
    this.#rounds = rounds;
    const { bookings, seats } = observed;
    bookings.entries.watch((before, after) => this.#note(before, after));
    bookings.bookings.watch(into(this.#bookings));
    bookings.outbox.watch(into(this.#outbox));
    seats.tables.types.watch(into(this.#types));
  }

  /**
   * Checks the changes of the last step.
   *
   * @throws {Violation}
   */
  check(): void {
    if (this.#all.every((changes) => changes.length === 0)) return;
    this.#rounds.check(this.#entries);
    for (const [before, after] of this.#entries) this.#checkEntry([before, after]);
    for (const [, after] of this.#bookings) {
      if (after?.entryId !== undefined) this.#checkBooking(after);
    }
    for (const [before, after] of this.#outbox) if (!before && after) this.#checkFact(after);
    const touched = new Set([
      ...this.#entries.map(([before, after]) => (after ?? before)!.eventId),
      ...this.#types.map(([before, after]) => (after ?? before)!.event_id),
    ]);
    for (const eventId of touched) this.#checkLine(eventId);
    this.#passes = this.#observed.bookings.passes.length;
    for (const changes of this.#all) changes.length = 0;
  }

  /** Notes a change of an entry: of several in one step, what all make together. */
  #note(before: EntryRow | undefined, after: EntryRow | undefined): void {
    const { entryId } = (after ?? before)!;
    const known = this.#entries.findIndex(([old, row]) => (row ?? old)?.entryId === entryId);
    const change = after && toEntry(after);
    if (known < 0) this.#entries.push([before && toEntry(before), change]);
    else this.#entries[known] = [this.#entries[known]![0], change];
  }

  #checkEntry([before, after]: Change<WaitlistEntry>): void {
    checkEntry([before, after]);
    if (!after) return;
    const { status, offer } = after;
    const isDecided = status === "offering" && before?.status === "waiting";
    if (isDecided) {
      assertHolds(!this.#offerIds.has(offer!.offerId), "two offers have one id", before, after);
      this.#offerIds.add(offer!.offerId);
    }
    const booking = this.#observed.bookings.bookings.get(offer?.offerId ?? "");
    if (offer && !this.#isLetGo(after, booking)) checkAgreement(after, booking);
    if (!before) return;
    this.#checkPassed(before, after);
    const topic = factOf(before.status, status);
    if (!topic) return;
    const facts = this.#outbox.filter(([old, row]) =>
      !old && row?.message.topic === topic && row.message.subjectId === after.entryId
    );
    const ended = this.#observed.bookings.bookings.get((offer ?? before.offer)?.offerId ?? "");
    const expected = topic === "waitlist.offer_lapsed" ? lapsesOf(ended) : [1];
    assertHolds(
      expected.includes(facts.length),
      `${facts.length} facts say ${topic}`,
      before,
      after,
    );
  }

  /** Checks that an entry counts what went past it since its last offer, without what came back. */
  #checkPassed(before: WaitlistEntry, after: WaitlistEntry): void {
    const { entryId, status, minQuantity, passed } = after;
    const { passes } = this.#observed.bookings;
    const gone = passes.slice(this.#passes).filter((row) => row.entryId === entryId)
      .reduce((sum, { seats }) => sum + seats, 0);
    const isBack = before.status === "offered" && status === "waiting";
    const counted = Math.min(Math.max(0, before.passed + gone), minQuantity - 1);
    const expected = isBack ? 0 : counted;
    assertHolds(passed === expected, `an entry counts ${passed} seats past it`, before, after, {
      expected,
    });
    if (before.status !== "offering" || status !== "waiting") return;
    const { offerId } = before.offer!;
    const all = passes.filter((row) => row.offerId === offerId);
    const left = all.reduce((sum, { seats }) => sum + seats, 0);
    assertHolds(left === 0, "what was not offered counts as gone past others", before, ...all);
  }

  /** Checks that the entry of a booking that changed tells the same, and that no other entry has such an offer. */
  #checkBooking(booking: BookingRow): void {
    const { bookingId, entryId = "", status } = booking;
    const row = this.#observed.bookings.entries.get(entryId);
    assertHolds(row !== undefined, "an offer has no entry", booking);
    const entry = toEntry(row);
    if (this.#isLetGo(entry, booking)) return;
    const isOpen = status === "pending" || status === "confirming";
    const isLatest = entry.offer?.offerId === bookingId;
    assertHolds(isLatest || !isOpen, "an open offer is not its entry's", booking, entry);
    if (isLatest) checkAgreement(entry, booking);
    const allocation = this.#observed.seats.tables.allocation(booking.eventId, bookingId);
    assertHolds(
      allocation?.source === "waitlist",
      "an offer is not of seats that were set aside",
      booking,
      allocation,
    );
  }

  /**
   * Whether an entry let its offer go, whose booking goes on all the same if its money comes late. Who waits again then
   * leaves the line.
   */
  #isLetGo({ status, offer }: WaitlistEntry, booking: BookingRow | undefined): boolean {
    if (!booking || !wasProcessing(this.#observed.bookings, booking)) return false;
    if (offer?.offerId !== booking.bookingId) return true;
    if (status === "waiting") return !booking.confirmedAt;
    return status !== "offered" && status !== "converted";
  }

  /** Checks that a fact about an entry was written in the step in which it came true, and that offers have one. */
  #checkFact({ message }: OutboxRow): void {
    if (!message.topic.startsWith("waitlist.")) return;
    const { topic, subjectId } = message;
    const [before, after] = this.#entries.find(([, row]) => row?.entryId === subjectId) ?? [];
    const isTrue = before && after && factOf(before.status, after.status) === topic;
    assertHolds(isTrue === true, "a fact is not true", message, before, after);
    if (topic !== "waitlist.offered") return;
    const { offerId } = after.offer!;
    assertHolds(!this.#announced.has(offerId), "an offer was announced twice", message, after);
    this.#announced.add(offerId);
  }

  /** Checks the line of an event, and that the public is kept from what its entries wait for. */
  #checkLine(eventId: string): void {
    const { bookings, seats, eventNowMs } = this.#observed;
    const entries = bookings.entries.where((entry) => entry.eventId === eventId).map(toEntry);
    checkLine(entries);
    const event = seats.tables.events.get(eventId)!;
    const isOver = event.status !== "published" || +event.start_at < eventNowMs() + NEAR_MS;
    if (isOver) return;
    for (const entry of entries) {
      if (!mayWait(entry)) continue;
      for (const id of entry.ticketTypeIds) {
        const type = seats.tables.typeById(eventId, id);
        const isKept = type?.waitlist_open || type?.status === "archived";
        assertHolds(isKept, "somebody waits for what the public can buy", entry, type);
      }
    }
  }
}

/** How many facts may say that an offer lapsed: none of one that was declined. */
function lapsesOf(booking: BookingRow | undefined): readonly number[] {
  if (booking?.status !== "expired" || !booking.expiredAt) return [0];
  // The seats of a payment under way can be lost before the time of the offer is over.
  return booking.expiredAt >= booking.expiresAt ? [1] : [0, 1];
}

/** Whether an entry waits, or may come back to its place. A full offer that is let go ends its entry. */
function mayWait({ status, quantity, offer }: WaitlistEntry): boolean {
  if (status !== "offered") return status === "waiting" || status === "offering";
  return offer !== undefined && (offer.isLast || offer.quantity < quantity);
}
