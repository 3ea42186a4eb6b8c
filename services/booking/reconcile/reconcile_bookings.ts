import { RECONCILED } from "@evently/shared/metrics";
import type { BookingDeps } from "../deps.ts";
import { holdOf, lineIdsOf, seatsOf } from "../orders/order_lines.ts";
import type { BookingKey, SettledBooking } from "../orders/store.ts";
import { type Allocation, type Drift, findDrifts, NEEDS_DECISION } from "./drift.ts";
import { repairDrift } from "./repair_drift.ts";

export type ReconcileDeps = Pick<BookingDeps, "bookings" | "seats" | "clock" | "log" | "nudge">;

/** The result of one page of a reconciliation. */
export interface Reconciled {
  examined: number;
  repaired: number;
  unrepaired: number;
  /** Where the next page begins; `undefined` after the last. */
  next: BookingKey | undefined;
}

/** Younger changes are left alone, as other workers have not processed them yet. */
export const SETTLED_AFTER_MS = 60_000;
/** Bookings per page. */
const PAGE = 500;
/** The most allocations of one look-up. */
const MAX_LOOKUP = 500;

interface Suspect {
  settled: SettledBooking;
  /** Of its lines, in their order. */
  allocations: Allocation[];
  drifts: Drift[];
}

/**
 * Compares a page of bookings with their allocations and payments. Repairs the contradictions that the rules decide,
 * and logs the others as errors. Safe at any time and in several processes at once.
 */
export async function reconcileBookings(
  deps: ReconcileDeps,
  after: BookingKey | undefined,
): Promise<Reconciled> {
  const { bookings, clock, nudge } = deps;
  const changedBefore = new Date(clock.now().getTime() - SETTLED_AFTER_MS);
  const page = await bookings.listSettled({ after, changedBefore, limit: PAGE });
  const suspects = await stillAsRead(deps, await findSuspects(deps, page));
  let repaired = 0;
  let unrepaired = 0;
  for (const suspect of suspects) {
    for (const drift of suspect.drifts) {
      const outcome = await repairDrift(deps, drift, suspect);
      if (outcome === "repaired") repaired++;
      if (outcome === "unrepaired") unrepaired++;
      report(deps, drift, suspect, outcome);
    }
  }
  if (repaired > 0) nudge.outbox();
  const next = page.length === PAGE ? page.at(-1)?.booking : undefined;
  return { examined: page.length, repaired, unrepaired, next };
}

async function findSuspects(
  { seats }: ReconcileDeps,
  page: SettledBooking[],
): Promise<Suspect[]> {
  const suspects: Suspect[] = [];
  for (const [eventId, ofEvent] of Map.groupBy(page, ({ booking }) => booking.eventId)) {
    const ids = ofEvent.map(({ booking }) => lineIdsOf(seatsOf(booking)));
    const all = ids.flat();
    const found: Allocation[] = [];
    for (let done = 0; done < all.length; done += MAX_LOOKUP) {
      found.push(...await seats.lookUp(eventId, all.slice(done, done + MAX_LOOKUP)));
    }
    let taken = 0;
    ofEvent.forEach((settled, i) => {
      const lines = ids[i]!.length;
      const allocations = found.slice(taken, taken += lines);
      if (allocations.length < lines) return;
      const drifts = findDrifts(settled, allocations);
      if (drifts.length > 0) suspects.push({ settled, allocations, drifts });
    });
  }
  return suspects;
}

/**
 * Keeps the suspects whose booking is unchanged since their allocation was read: seats follow their booking. The next
 * pass examines the others.
 */
async function stillAsRead({ bookings }: ReconcileDeps, suspects: Suspect[]): Promise<Suspect[]> {
  if (suspects.length === 0) return [];
  const now = await bookings.findMany(suspects.map(({ settled }) => settled.booking));
  const byId = new Map(now.map((booking) => [booking.bookingId, booking]));
  return suspects.filter(({ settled: { booking: before } }) => {
    const booking = byId.get(before.bookingId);
    return booking?.status === before.status && booking.quantity === before.quantity &&
      holdOf(booking) === holdOf(before);
  });
}

function report(
  { log }: ReconcileDeps,
  drift: Drift,
  { settled: { booking }, allocations }: Suspect,
  outcome: "repaired" | "waiting" | "unrepaired",
): void {
  RECONCILED.add(1, { drift, outcome });
  if (outcome === "waiting") return;
  const fields = {
    drift,
    booking_id: booking.bookingId,
    event_id: booking.eventId,
    status: booking.status,
    quantity: booking.quantity,
    allocation: allocations.map(({ state }) => state).join(),
    allocated: allocations.reduce((sum, { quantity }) => sum + quantity, 0),
  };
  if (outcome === "repaired") log.warn("reconciliation: repaired", fields);
  else log.error(NEEDS_DECISION, fields);
}
