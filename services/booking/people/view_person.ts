import type { Clock } from "@evently/shared/clock";
import type { EventDirectory } from "../peers/event_directory.ts";
import type { PeopleReads, PersonsEntry } from "./people_sql.ts";

export interface ViewPersonDeps {
  people: Pick<PeopleReads, "listOpen" | "listEntries">;
  events: Pick<EventDirectory, "current">;
  clock: Clock;
}

/** What stands in the way of closing an account, and what an export tells of waitlists. */
export interface PersonView {
  /** Tickets that are paid or being paid, of events that have not ended. */
  openTickets: number;
  entries: PersonsEntry[];
}

/** Bookings of one read. */
const PAGE = 500;

/** Looks at what a user has open. */
export async function viewPerson(
  { people, events, clock }: ViewPersonDeps,
  { userId }: { userId: string },
): Promise<PersonView> {
  const now = clock.now();
  const isOver = new Map<string, boolean>();
  let openTickets = 0;
  let after: string | undefined;
  for (;;) {
    const page = await people.listOpen({ userId, ...(after ? { after } : {}), limit: PAGE });
    for (const { eventId, quantity, status } of page) {
      if (status === "pending") continue;
      if (!isOver.has(eventId)) {
        const event = await events.current(eventId);
        isOver.set(eventId, event !== undefined && event.endsAt <= now);
      }
      if (!isOver.get(eventId)) openTickets += quantity;
    }
    after = page.at(-1)?.bookingId;
    if (page.length < PAGE) return { openTickets, entries: await people.listEntries({ userId }) };
  }
}
