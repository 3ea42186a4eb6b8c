import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import { type Random, times } from "@evently/shared/testing";
import { bookingIdOf } from "../../../services/booking/orders/booking.ts";
import type { Meeting } from "./meeting.ts";
import { type Process, runWorker, type World } from "../../../services/booking/testing/world.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import { answerOf, type Arena, contend, QUANTITY } from "./contenders.ts";
import type { Pair } from "./pairs.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOLD_MS = 300_000;
/** When a sweep runs: at the end of the hold, and when the event service sweeps it too. */
const ENDS_MS = [HOLD_MS, HOLD_MS + 30_000, HOLD_MS + 31_000];
/** Longer than any hold, grace and extension. */
const ALL_OVER_MS = 900_000;

/**
 * Who begins: one and then, when it has ended, the other; both at once, as it comes; or both at once, and they
 * {@link Meeting meet} at each call, at the first of which the one or the other goes on.
 */
export type Order = "one first" | "other first" | "at once" | "one meets" | "other meets";

/** Puts up an event and its booking as the pair wants them. */
export async function setUp(
  { world, meeting }: Pick<Arena, "world" | "meeting">,
  { pair, given, free, capacity }: Pair,
): Promise<Arena> {
  const userId = newId();
  const key = newId();
  const bookingId = bookingIdOf(userId, key);
  const startsInMs = pair.includes("event cancelled") ? HOUR_MS : 30 * DAY_MS;
  const eventId = await world.createEvent({ capacity: QUANTITY + free, startsInMs });
  const expires = new Date(world.clock.now().getTime() + HOLD_MS);
  if (given === "seats alone") {
    const hold = { allocationId: bookingId, quantity: QUANTITY, expiresAt: expires };
    await world.deps.seats.hold({ eventId, ...hold });
  } else if (given !== "nothing") {
    await world.reserve({ eventId, quantity: QUANTITY, userId, key });
    if (given === "paid") await world.confirm({ bookingId, userId });
  }
  return { world, meeting, eventId, userId, key, bookingId, capacity, end: expires };
}

/** Moves the clock to the last moment of the holds, where one of the pair ends them. */
export function approachEnd({ world, pair }: { world: World; pair: Pair }, random: Random) {
  if (!pair.pair.includes("sweep")) return (arena: Arena) => arena;
  const startMs = world.clock.now().getTime();
  world.clock.advance(HOLD_MS - 1);
  const end = new Date(startMs + random.pick(ENDS_MS));
  return (arena: Arena): Arena => ({ ...arena, end });
}

/** Lets the two contend, in two processes; answers what they heard. */
export async function duel(
  { pair: [one, other] }: Pair,
  arena: Arena,
  { processes, order }: { processes: readonly [Process, Process]; order: Order },
): Promise<string> {
  const capacity = one === other ? arena.capacity + 1 : arena.capacity;
  const begin = [
    () => contend(one, processes[0], arena),
    () => contend(other, processes[1], { ...arena, capacity }),
  ] as const;
  const answers = await settled(begin, { order, meeting: arena.meeting });
  return answers.map(answerOf).join(", ");
}

async function settled(
  begin: readonly [() => Promise<void>, () => Promise<void>],
  { order, meeting }: { order: Order; meeting: Meeting },
): Promise<PromiseSettledResult<void>[]> {
  if (order === "at once") return await Promise.allSettled(begin.map((contend) => contend()));
  if (order === "one meets") return await meeting.hold(begin, { first: 0 });
  if (order === "other meets") return await meeting.hold(begin, { first: 1 });
  const first = order === "one first" ? 0 : 1;
  const [early] = await Promise.allSettled([begin[first]()]);
  const [late] = await Promise.allSettled([begin[1 - first]!()]);
  return first === 0 ? [early, late] : [late!, early];
}

/** How booking, money and event stand, when all is settled. */
export async function stateOf({ world, eventId, bookingId }: Arena): Promise<string> {
  const [booking, money, free] = await Promise.all([
    world.store.find(bookingId),
    moneyOf(world, bookingId),
    world.availableSeats(eventId),
  ]);
  return `${booking?.status ?? "nothing"}, ${money}, ${free} free`;
}

function moneyOf({ bookingsDb }: World, bookingId: string): Promise<string> {
  return exactlyOne(
    bookingsDb<{ taken: number; given_back: number }[]>`
      SELECT coalesce(sum(amount_minor), 0)::bigint AS taken,
             coalesce(sum(refunded_minor), 0)::bigint AS given_back
        FROM payments
       WHERE booking_id = ${bookingId} AND status IN ('captured', 'refunded')`,
    ({ taken, given_back }) => {
      if (taken === 0) return "unpaid";
      if (given_back === 0) return "paid";
      return given_back === taken ? "refunded" : `${given_back} of ${taken} refunded`;
    },
  );
}

/** Lets time pass until every hold must have ended, and the workers do their work. */
export async function letAllHoldsEnd(world: World): Promise<void> {
  world.clock.advance(ALL_OVER_MS);
  await expireDue(world.deps);
  await world.settle();
  await runWorker(world.eventService, "release expired seats");
}

/** Two processes, or one twice. */
export function pickProcesses(
  all: readonly [Process, Process],
  random: Random,
): [Process, Process] {
  const [one, other] = times(2, () => random.pick(all));
  return [one!, other!];
}
