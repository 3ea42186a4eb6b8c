import type { Logger } from "@evently/shared/log";
import { inParallel } from "@evently/shared/in_parallel";
import { MIN_OFFER_LEAD_MS } from "./decide_offers.ts";
import { type CloseDeps, closeEnded } from "./close_ended.ts";
import { finishAll, type ServeDeps, serveWaitlist } from "./serve_waitlist.ts";
import type { Positions } from "./positions.ts";
import type { WaitlistStore } from "./store.ts";
import { isOffered, seatsOf, type WaitlistSupply } from "./supply.ts";

export interface QueuesDeps extends ServeDeps, CloseDeps {
  waitlist: ServeDeps["waitlist"] & CloseDeps["waitlist"] & Pick<WaitlistStore, "listOpenQueues">;
  inventory: ServeDeps["inventory"] & CloseDeps["inventory"];
  positions: ServeDeps["positions"] & CloseDeps["positions"] & Pick<Positions, "check">;
  log: Pick<Logger, "warn">;
}

/** Queues of one pass: as many as one question for supply may name. */
const PAGE = 100;
/** Events that are served at once. */
const AT_ONCE = 4;
/** The most events that wait to be served because of news; above it the pages of open queues find them. */
const MAX_WOKEN = 1_000;
/** Each queue is looked after at least that often: entries left unfinished, what has ended. */
const TEND_EVERY_MS = 5_000;
/** Its positions in Redis are compared that often. */
const CHECK_EVERY_MS = 10_000;
/** An event is left alone for so long after a round, unless its seats changed or somebody joined or answered here. */
const REST_MS = 2_000;
/** The most events that this is remembered of. */
const MAX_REMEMBERED = 10_000;

/** What is remembered of an event. */
interface Memory {
  tendedMs: number;
  checkedMs: number;
  /** The last round: when, at which change number of the seats, and after which nudge. */
  served: { atMs: number; seq: number; nudges: number } | undefined;
}

/** The background work of the waitlist. */
export interface QueueRuns {
  /** Has an event served by the next pass, whatever is known of it. */
  wake(eventId: string): void;
  /** Has the next pass look at all events, as somebody joined, left or answered. */
  nudge(): void;
  /** Serves woken events and a page of the open queues. Returns whether there is more to do at once. */
  run(): Promise<boolean>;
}

/**
 * Returns the passes over the open queues. One costs a list of queues and a question for the supply of a page of them,
 * unless there is something to do. What is remembered between passes only saves reads, so processes need not share it.
 */
export function createQueueRuns(deps: QueuesDeps): QueueRuns {
  const { waitlist, inventory, clock, log } = deps;
  const woken = new Set<string>();
  const memories = new Map<string, Memory>();
  let nudges = 0;
  let after: string | undefined;

  async function run(): Promise<boolean> {
    const events = [...woken];
    woken.clear();
    await inParallel(events, { atOnce: AT_ONCE }, (eventId) => attempt(eventId, serve));
    const page = await waitlist.listOpenQueues({ after, limit: PAGE });
    after = page.length === PAGE ? page.at(-1) : undefined;
    const supplies = page.length > 0 ? await inventory.waitlistSupply(page) : [];
    await inParallel(
      supplies,
      { atOnce: AT_ONCE },
      (supply) => attempt(supply.eventId, () => look(supply)),
    );
    return after !== undefined || woken.size > 0;
  }

  /** A failure for one event keeps no other one waiting; it is tried again with the next pass. */
  async function attempt(
    eventId: string,
    work: (eventId: string) => Promise<void>,
  ): Promise<void> {
    await work(eventId).catch((error) =>
      log.warn("waitlist: event not served", { event_id: eventId, error })
    );
  }

  async function serve(eventId: string): Promise<void> {
    if (await serveWaitlist(deps, eventId)) wake(eventId);
  }

  async function look(supply: WaitlistSupply): Promise<void> {
    const { eventId, seq } = supply;
    const nowMs = clock.now().getTime();
    const memory = memoryOf(eventId);
    const { served } = memory;
    const isResting = served?.seq === seq && served.nudges === nudges &&
      isWithin(served.atMs, REST_MS, nowMs);
    if (mayOffer(supply, clock.now()) && !isResting) {
      memory.served = { atMs: nowMs, seq, nudges };
      await serve(eventId);
    }
    if (isWithin(memory.tendedMs, TEND_EVERY_MS, nowMs)) return;
    memory.tendedMs = nowMs;
    await tend(supply, memory);
  }

  async function tend(supply: WaitlistSupply, memory: Memory): Promise<void> {
    const { eventId } = supply;
    await finishAll(deps, eventId);
    if (await closeEnded(deps, supply)) memory.tendedMs = -Infinity;
    const nowMs = clock.now().getTime();
    if (isWithin(memory.checkedMs, CHECK_EVERY_MS, nowMs)) return;
    memory.checkedMs = nowMs;
    const ticketTypeIds = supply.types.filter(({ isOpen }) => isOpen).map((type) =>
      type.ticketTypeId
    );
    if (ticketTypeIds.length > 0) await deps.positions.check({ eventId, ticketTypeIds });
  }

  function memoryOf(eventId: string): Memory {
    const known = memories.get(eventId) ??
      { tendedMs: -Infinity, checkedMs: -Infinity, served: undefined };
    memories.delete(eventId);
    memories.set(eventId, known);
    const [oldest] = memories.keys();
    if (memories.size > MAX_REMEMBERED && oldest !== undefined) memories.delete(oldest);
    return known;
  }

  function wake(eventId: string): void {
    if (woken.size < MAX_WOKEN) woken.add(eventId);
  }

  return { wake, nudge: () => void nudges++, run };
}

/** Whether an offer could be made, if anybody waits. */
function mayOffer({ isOnSale, startsAt, setAside, types }: WaitlistSupply, now: Date): boolean {
  return isOnSale && startsAt.getTime() - now.getTime() >= MIN_OFFER_LEAD_MS &&
    types.some((type) => isOffered(type, now) && seatsOf(type, setAside) > 0);
}

/** Also false if the clock was set back. */
function isWithin(atMs: number, lengthMs: number, nowMs: number): boolean {
  return nowMs >= atMs && nowMs - atMs < lengthMs;
}
