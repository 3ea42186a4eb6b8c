import { KeyedCoalescer } from "@evently/shared/batch";
import type { IdSource } from "@evently/shared/ids";
import { type DriveDeps, driveJoins, type JoinRefusal } from "./drive_joins.ts";
import type { WaitlistEntry } from "./entry.ts";
import type { NewEntry } from "./store.ts";
import type { Waitlist } from "./waitlist.ts";

/** A wish to join; the entry gets an id if it is new. */
export type Wish = Omit<NewEntry, "entryId">;

/** The active entry of the user, which may be an older one, or why there is none. */
export type JoinAnswer = { outcome: "joined"; entry: WaitlistEntry } | { outcome: JoinRefusal };

/** Entries that join, with group commit by event: the order of a batch is the order in line. */
export interface Joins {
  join(wish: Wish): Promise<JoinAnswer>;
}

export interface JoinsDeps extends DriveDeps {
  waitlist: Pick<Waitlist, "join" | "admit" | "turnAway" | "find">;
  ids: Pick<IdSource, "newId">;
}

/** The most wishes of one batch, and so of one statement. */
const MAX_BATCH = 128;
/** The most wishes that wait for one event; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** Batches under way at once, of different events. */
const MAX_IN_FLIGHT = 2;

/** {@link Joins} over a store and the event service. */
export function groupedJoins(deps: JoinsDeps): Joins {
  const joins = new KeyedCoalescer<Wish, JoinAnswer>({
    name: "join waitlists",
    maxBatch: MAX_BATCH,
    maxQueue: MAX_QUEUE,
    maxInFlight: MAX_IN_FLIGHT,
    run: (events) =>
      Promise.all(events.map(({ key, items }) => joinEvent(deps, { eventId: key, wishes: items }))),
  });
  return { join: (wish) => joins.submit(wish.eventId, wish) };
}

async function joinEvent(
  deps: JoinsDeps,
  { eventId, wishes }: { eventId: string; wishes: readonly Wish[] },
): Promise<JoinAnswer[]> {
  const { waitlist, clock, ids } = deps;
  // A user who asks twice at once gets one entry.
  const byUser = new Map<string, NewEntry>();
  for (const wish of wishes) {
    if (!byUser.has(wish.userId)) byUser.set(wish.userId, { ...wish, entryId: ids.newId() });
  }
  const entries = await waitlist.join({ entries: [...byUser.values()], now: clock.now() });
  const joining = entries.filter(({ status }) => status === "joining");
  const outcomes = joining.length > 0 ? await driveJoins(deps, { eventId, entries: joining }) : [];
  const refusals = new Map(joining.map(({ userId }, i) => [userId, outcomes[i]]));
  const known = new Map(entries.map((entry) => [entry.userId, entry]));
  return wishes.map(({ userId }) => {
    const [entry, refusal] = [known.get(userId), refusals.get(userId)];
    if (!entry) throw new Error("a wish to wait has no entry");
    return refusal === undefined || refusal === "waits"
      ? { outcome: "joined", entry }
      : { outcome: refusal };
  });
}
