import { AssertionError } from "node:assert/strict";
import { offerIdOf } from "../../../services/booking/waitlist/entry.ts";
import { assertWaitlistAddsUp } from "../../races/waitlist/checks.ts";
import { readWaitlist } from "../../races/waitlist/state.ts";
import type { Findings } from "../findings.ts";
import type { Wait } from "../load/journal.ts";
import type { Databases } from "./databases.ts";

/** An entry as its client saw it. */
interface JournalEntry {
  entryId: string;
  joinSentMs: number;
  joinedMs: number;
  /** `Infinity` if it was not asked for. */
  leaveSentMs: number;
  /** The fewest seats that it was said to be content with. */
  minQuantity: number;
}

/** An entry with its place and first offer as they are stored. */
interface Seen extends JournalEntry {
  /** Whether any seat that was free was enough at all times. */
  isContentWithOne: boolean;
  place: number;
  /** When the inventory first held seats for it, and its number of that. */
  offered: Hold | undefined;
}

/** When the inventory held an allocation: its own number and time, written under the lock of the event. */
interface Hold {
  seq: number;
  atMs: number;
}

/**
 * Checks the waitlist of an event at rest. Entries, offers, bookings, seats and facts agree. By the journal, clients who
 * joined earlier have the earlier place and the earlier offer, and no other buyer got seats meanwhile.
 */
export async function checkWaits(
  { events, bookings }: Databases,
  { eventId, waits }: { eventId: string; waits: readonly Wait[] },
  findings: Findings,
): Promise<void> {
  const now = new Date();
  const state = await readWaitlist({ eventsDb: events, bookingsDb: bookings }, { eventId, now });
  try {
    assertWaitlistAddsUp(state, { now });
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    findings.add("the waitlist does not add up", error.message);
  }
  const { ofOffers, ofStrangers } = await readHolds(events, eventId);
  const stored = new Map(state.entries.map((entry) => [entry.entryId, entry]));
  const seen = journalOf(waits).flatMap((entry): Seen[] => {
    const row = stored.get(entry.entryId);
    if (!row) {
      findings.add("an acknowledged place in line is lost", JSON.stringify(entry));
      return [];
    }
    const holds = Array.from({ length: row.round }, (_, i) => offerIdOf(row.entryId, i + 1))
      .flatMap((offerId) => ofOffers.get(offerId) ?? []);
    const [offered] = holds.sort((a, b) => a.seq - b.seq);
    // A part that is taken of an offer lowers what is stored; a part that is declined raises it.
    const isContentWithOne = Math.max(row.minQuantity, entry.minQuantity) === 1;
    return [{ ...entry, isContentWithOne, place: row.place, offered }];
  });
  checkOrder(seen, findings);
  checkExclusivity(seen, ofStrangers, findings);
}

/** A client who was told their place before another one asked comes first, in line and at the offers. */
function checkOrder(seen: readonly Seen[], findings: Findings): void {
  for (const one of seen) {
    for (const other of seen) {
      if (one.joinedMs >= other.joinSentMs) continue;
      const text = () => JSON.stringify([one, other]);
      if (one.place >= other.place) findings.add("a later one has the earlier place", text());
      const { offered } = other;
      if (!offered || !one.isContentWithOne || one.leaveSentMs <= offered.atMs) continue;
      if (!one.offered || one.offered.seq > offered.seq) {
        findings.add("somebody was offered seats out of turn", text());
      }
    }
  }
}

/** While somebody waits who would take any seat, nobody gets one in another way. */
function checkExclusivity(seen: readonly Seen[], holds: readonly Hold[], findings: Findings): void {
  for (const hold of holds) {
    const passed = seen.find(({ isContentWithOne, joinedMs, leaveSentMs, offered }) =>
      isContentWithOne && joinedMs < hold.atMs && hold.atMs < leaveSentMs &&
      !(offered && offered.seq < hold.seq)
    );
    if (passed) findings.add("a seat was sold past the waitlist", JSON.stringify([hold, passed]));
  }
}

/** The answered requests to join by entry: joining twice answers the same one. */
function journalOf(waits: readonly Wait[]): JournalEntry[] {
  const byEntry = Map.groupBy(
    waits.filter(({ joined }) => joined),
    ({ joined }) => joined!.entryId,
  );
  return [...byEntry].map(([entryId, ofEntry]) => ({
    entryId,
    joinSentMs: Math.min(...ofEntry.map(({ joinSentMs }) => joinSentMs)),
    joinedMs: Math.min(...ofEntry.map(({ joined }) => joined!.atMs)),
    leaveSentMs: Math.min(...ofEntry.map(({ leaveSentMs = Infinity }) => leaveSentMs)),
    minQuantity: Math.max(...ofEntry.map(({ joined }) => joined!.minQuantity)),
  }));
}

async function readHolds(
  events: Databases["events"],
  eventId: string,
): Promise<{ ofOffers: Map<string, Hold>; ofStrangers: Hold[] }> {
  const rows = await events<{ seq: number; at: Date; debit: string; allocation_ids: string[] }[]>`
    SELECT seq, recorded_at AS at, debit, allocation_ids
      FROM seat_ledger
     WHERE event_id = ${eventId} AND pool = 0 AND operation = 'hold'
     ORDER BY seq`;
  const holds = rows.map(({ seq, at, ...row }) => ({ ...row, hold: { seq, atMs: at.getTime() } }));
  const ofOffers = new Map<string, Hold>();
  for (const { debit, allocation_ids: ids, hold } of holds) {
    // A hold that a killed worker left may end and be held again: the first one counts.
    if (debit === "set_aside") ids.forEach((id) => ofOffers.has(id) || ofOffers.set(id, hold));
  }
  return {
    ofOffers,
    ofStrangers: holds.filter(({ debit }) => debit === "available").map(({ hold }) => hold),
  };
}
