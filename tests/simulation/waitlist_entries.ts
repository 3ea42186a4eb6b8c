import { isActive, offerIdOf, type WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import type { BookingRow } from "./model/tables.ts";
import type { Change } from "./booking_invariants.ts";
import { assertHolds } from "./violation.ts";

type Status = WaitlistEntry["status"] | "none";

/** Legal transitions of an entry; one that joins is deleted where seats are free. */
const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
  none: ["joining"],
  joining: ["waiting", "left", "closed", "none"],
  // Its lapsed offer was paid late.
  waiting: ["offering", "left", "closed", "converted"],
  offering: ["offered", "waiting", "left"],
  offered: ["converted", "expired", "left", "waiting", "closed"],
  converted: [],
  expired: [],
  left: [],
  closed: [],
};

/** What an entry keeps, whatever becomes of it. */
const FIXED = ["entryId", "eventId", "userId", "place", "ticketTypeIds", "joinedAt"] as const;

/**
 * Checks that an entry makes only legal transitions and keeps its place, that it never wants more than before, and that
 * each offer has an id of its own.
 *
 * @throws {Violation}
 */
export function checkEntry([before, after]: Change<WaitlistEntry>): void {
  const from: Status = before?.status ?? "none";
  const to: Status = after?.status ?? "none";
  const isLegal = from === to || TRANSITIONS[from].includes(to);
  assertHolds(isLegal, `an entry went from ${from} to ${to}`, before, after);
  if (!after) return;
  const { quantity, minQuantity, passed } = after;
  const isSound = 1 <= minQuantity && minQuantity <= quantity && 0 <= passed &&
    passed < minQuantity;
  assertHolds(isSound, "an entry contradicts itself", after);
  if (!before) return;
  for (const field of FIXED) {
    assertHolds(
      `${before[field]}` === `${after[field]}`,
      `an entry's ${field} changed`,
      before,
      after,
    );
  }
  assertHolds(quantity <= before.quantity, "an entry wants more than before", before, after);
  const wantsAll = from === "offered" && to === "waiting" && minQuantity === quantity;
  assertHolds(
    minQuantity <= before.minQuantity || wantsAll,
    "an entry is content with fewer than it said",
    before,
    after,
  );
  if (to === "offering" && from === "waiting") checkDecided(before, after);
}

function checkDecided(before: WaitlistEntry, after: WaitlistEntry): void {
  const { entryId, round, offer } = after;
  assertHolds(offer !== undefined, "an offer was decided without its terms", after);
  assertHolds(round === before.round + 1, "a decision did not count the round", before, after);
  assertHolds(
    offer.offerId === offerIdOf(entryId, round),
    "an offer's id is not that of its entry and round",
    after,
  );
}

/**
 * Checks that an entry and the booking of its last offer tell the same.
 *
 * @throws {Violation}
 */
export function checkAgreement(entry: WaitlistEntry, booking: BookingRow | undefined): void {
  const { status, offer } = entry;
  const isOpen = booking?.status === "pending" || booking?.status === "confirming";
  if (status === "offered") {
    assertHolds(isOpen, "an offer has no open booking", entry, booking);
  } else {
    assertHolds(!isOpen, "an open offer has no entry that is offered it", entry, booking);
  }
  if (status === "converted") {
    assertHolds(
      booking?.confirmedAt !== undefined,
      "an entry was converted unsold",
      entry,
      booking,
    );
  } else {
    assertHolds(!booking?.confirmedAt, "an offer was sold and not converted", entry, booking);
  }
  if (!offer || !booking) return;
  const isSame = booking.userId === entry.userId && booking.eventId === entry.eventId;
  assertHolds(isSame, "an offer is not of its entry's user and event", entry, booking);
  if (status !== "offered" && status !== "converted") return;
  const [line] = booking.lines ?? [{ ticketTypeId: booking.eventId, quantity: booking.quantity }];
  assertHolds(
    line?.ticketTypeId === offer.ticketTypeId && line.quantity === offer.quantity,
    "an entry and its booking differ in what is offered",
    entry,
    booking,
  );
}

/** Checks that an account has one active entry per event, and that no place is given twice. */
export function checkLine(entries: readonly WaitlistEntry[]): void {
  const users = new Set<string>();
  const places = new Set<number>();
  for (const entry of entries) {
    assertHolds(!places.has(entry.place), "two entries have one place", entry);
    places.add(entry.place);
    if (!isActive(entry)) continue;
    assertHolds(!users.has(entry.userId), "an account waits twice", entry);
    users.add(entry.userId);
  }
}
