import type { Logger } from "@evently/shared/log";
import { inParallel } from "@evently/shared/in_parallel";
import { startsSoon } from "./decide_offers.ts";
import { type CloseDeps, closeEnded } from "./close_ended.ts";
import { finishAll, type ServeDeps, serveWaitlist, stopGathering } from "./serve_waitlist.ts";
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
/** An event is left alone for so long at least after a round, unless its seats changed or somebody joined or answered here. */
const REST_MS = 2_000;
/** A round that read more of the line than so many entries a second of that rest is followed by a longer one. */
const MAX_READ_PER_S = 250;
/** The most events that this is remembered of. */
const MAX_REMEMBERED = 10_000;

/** What is remembered of an event. */
interface Memory {
  tendedMs: number;
  checkedMs: number;
  /** The last round: when, at which change number of the seats, after which nudge, and how long it is rested. */
  served: { atMs: number; seq: number; nudges: number; restMs: number } | undefined;
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
    work: (eventId: string) => Promise<unknown>,
  ): Promise<void> {
    await work(eventId).catch((error) =>
      log.warn("waitlist: event not served", { event_id: eventId, error })
    );
  }

  /** Returns how many entries were read. */
  async function serve(eventId: string): Promise<number> {
    const { isMore, read } = await serveWaitlist(deps, eventId);
    if (isMore) wake(eventId);
    return read;
  }

  async function look(supply: WaitlistSupply): Promise<void> {
    const { eventId, seq } = supply;
    const nowMs = clock.now().getTime();
    const memory = memoryOf(eventId);
    const { served } = memory;
    const isResting = served?.seq === seq && served.nudges === nudges &&
      isWithin(served.atMs, served.restMs, nowMs);
    if (mayOffer(supply, clock.now()) && !isResting) {
      const round = { atMs: nowMs, seq, nudges, restMs: REST_MS };
      memory.served = round;
      const read = await serve(eventId);
      round.restMs = Math.max(REST_MS, read / MAX_READ_PER_S * 1_000);
    }
    if (isWithin(memory.tendedMs, TEND_EVERY_MS, nowMs)) return;
    memory.tendedMs = nowMs;
    await tend(supply, memory);
  }

  async function tend(supply: WaitlistSupply, memory: Memory): Promise<void> {
    const { eventId } = supply;
    await finishAll(deps, eventId);
    if (!mayOffer(supply, clock.now())) await stopGathering(deps, eventId);
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
function mayOffer(supply: WaitlistSupply, now: Date): boolean {
  const { isOnSale, setAside, types } = supply;
  return isOnSale && !startsSoon(supply, now) &&
    types.some((type) => isOffered(type, now) && seatsOf(type, setAside) > 0);
}

/** Also false if the clock was set back. */
function isWithin(atMs: number, lengthMs: number, nowMs: number): boolean {
  return nowMs >= atMs && nowMs - atMs < lengthMs;
}
