import type { Clock } from "@evently/shared/clock";
import type { Sql } from "@evently/shared/postgres";
import { idsOf, type Organiser, readable } from "../organisations/organiser.ts";
import type { EventBookings } from "../peers/event_bookings.ts";
import {
  countEvents,
  type EventCounts,
  listPausedWebhooks,
  listPendingEvents,
  listWaitlists,
  type PausedWebhook,
  type PendingEvent,
} from "./overview_sql.ts";

/** What an organiser may have to do about an event. */
export interface Task {
  kind: "draft_starts_soon" | "sold_out" | "few_left" | "people_wait";
  event: PendingEvent;
  /** People who wait for it. */
  waiting: number;
}

/** What an organiser looks at first. */
export interface Overview {
  counts: EventCounts;
  waiting: { entries: number; tickets: number };
  /** The soonest first. */
  tasks: Task[];
  pausedWebhooks: PausedWebhook[];
}

const MAX_TASKS = 20;
/** The most waitlists of which the people are counted: those of the soonest events. */
const MAX_WAITLISTS = 1_000;
/** A draft that starts within this time should be published. */
const SOON_MS = 14 * 24 * 3_600_000;
/** Few seats are left from this share of the capacity. */
const FEW_SHARE = 0.05;

/**
 * Tells an admin how their events stand and what needs them.
 *
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewOverview(
  { sql, clock, bookings }: {
    sql: Sql;
    clock: Clock;
    bookings: Pick<EventBookings, "countWaiting">;
  },
  { admin }: { admin: Organiser },
): Promise<Overview> {
  const now = clock.now();
  const scope = { organisations: readable(admin), now };
  const draftsBefore = new Date(now.getTime() + SOON_MS);
  const [counts, pending, waitlists, pausedWebhooks] = await Promise.all([
    countEvents(sql, scope),
    listPendingEvents(sql, { ...scope, draftsBefore, fewShare: FEW_SHARE, limit: MAX_TASKS }),
    listWaitlists(sql, { ...scope, limit: MAX_WAITLISTS }),
    listPausedWebhooks(sql, { organisations: idsOf(admin.memberships), limit: MAX_TASKS }),
  ]);
  const waits = waitlists.length === 0 ? [] : await bookings.countWaiting(waitlists);
  const waitingFor = new Map(waits.map(({ eventId, entries }) => [eventId, entries]));
  const waiting = waits.reduce(
    (sum, { entries, tickets }) => ({
      entries: sum.entries + entries,
      tickets: sum.tickets + tickets,
    }),
    { entries: 0, tickets: 0 },
  );
  const tasks = pending.map((event): Task => {
    const people = waitingFor.get(event.eventId) ?? 0;
    return { kind: kindOf(event, people), event, waiting: people };
  });
  return { counts, waiting, tasks, pausedWebhooks };
}

function kindOf({ isDraft, availableSeats }: PendingEvent, waiting: number): Task["kind"] {
  if (isDraft) return "draft_starts_soon";
  if (waiting > 0) return "people_wait";
  return availableSeats === 0 ? "sold_out" : "few_left";
}
