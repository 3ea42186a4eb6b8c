import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import { type Random, times } from "@evently/shared/testing";
import { bookingIdOf } from "../../../services/booking/orders/booking.ts";
import { lineIdOf } from "../../../services/booking/orders/order_lines.ts";
import type { Meeting } from "./meeting.ts";
import { type Process, runWorker, type World } from "../../../services/booking/testing/world.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import { answerOf, type Arena, contend, QUANTITY } from "./contenders.ts";
import type { Pair } from "./pairs.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOLD_MS = 300_000;
/** Times of a sweep: the end of the hold, the end of the event service's grace, and later. */
const ENDS_MS = [HOLD_MS, HOLD_MS + 30_000, HOLD_MS + 31_000];
/** Longer than any hold, grace and extension. */
const ALL_HOLDS_ENDED_MS = 900_000;

/**
 * Order of the contenders: one after the other, at once without control, or at once with a {@link Meeting} at each
 * call, where the named side continues first.
 */
export type Order = "one first" | "other first" | "at once" | "one meets" | "other meets";

/** Creates the event and the booking that the pair requires: of one ticket type, or of two, a line each. */
export async function setUp(
  { world, meeting }: Pick<Arena, "world" | "meeting">,
  { pair: { pair, given, free, capacity }, types }: { pair: Pair; types: 1 | 2 },
): Promise<Arena> {
  const userId = newId();
  const key = newId();
  const startsInMs = pair.includes("event cancelled") ? HOUR_MS : 30 * DAY_MS;
  const eventId = await world.createEvent({ capacity: QUANTITY + free, startsInMs });
  const bookingId = bookingIdOf({ userId, eventId, idempotencyKey: key });
  const lines = types === 1
    ? [{ ticketTypeId: undefined, quantity: QUANTITY }]
    : [eventId, await world.organiser.addType(eventId)]
      .map((ticketTypeId) => ({ ticketTypeId, quantity: QUANTITY / 2 }));
  const expires = new Date(world.clock.now().getTime() + HOLD_MS);
  if (given === "seats alone") {
    const items = lines.map((line, n) => ({
      ...line,
      allocationId: lineIdOf(bookingId, n),
      expiresAt: expires,
    }));
    const [first, ...further] = items;
    const hold = { eventId, ...first! };
    await world.deps.seats.hold(further.length > 0 ? { ...hold, further } : hold);
  } else if (given !== "nothing") {
    await world.reserve({ eventId, lines, userId, key });
    if (given === "paid") await world.confirm({ bookingId, userId });
  }
  return { world, meeting, eventId, userId, key, bookingId, lines, capacity, end: expires };
}

/** Advances the clock to just before the holds end, if one of the pair is a sweep. */
export function approachEnd({ world, pair }: { world: World; pair: Pair }, random: Random) {
  if (!pair.pair.includes("sweep")) return (arena: Arena) => arena;
  const startMs = world.clock.now().getTime();
  world.clock.advance(HOLD_MS - 1);
  const end = new Date(startMs + random.pick(ENDS_MS));
  return (arena: Arena): Arena => ({ ...arena, end });
}

/** Runs both contenders, each in its process; returns their answers. */
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

/** Runs both sides in an order, to the end of both. */
export async function settled(
  begin: readonly [() => Promise<void>, () => Promise<void>],
  { order, meeting }: { order: Order; meeting: Meeting },
): Promise<PromiseSettledResult<void>[]> {
  if (order === "at once") return await Promise.allSettled(begin.map((contend) => contend()));
  if (order === "one meets") return await meeting.run(begin, { first: 0 });
  if (order === "other meets") return await meeting.run(begin, { first: 1 });
  const first = order === "one first" ? 0 : 1;
  const [early] = await Promise.allSettled([begin[first]()]);
  const [late] = await Promise.allSettled([begin[1 - first]!()]);
  return first === 0 ? [early, late] : [late!, early];
}

/** Describes booking, money and free seats after everything is settled. */
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
    bookingsDb<{ taken: number; refunded: number }[]>`
      SELECT coalesce(sum(amount_minor), 0)::bigint AS taken,
             coalesce(sum(refunded_minor), 0)::bigint AS refunded
        FROM payments
       WHERE booking_id = ${bookingId} AND status IN ('captured', 'refunded')`,
    ({ taken, refunded }) => {
      if (taken === 0) return "unpaid";
      if (refunded === 0) return "paid";
      return refunded === taken ? "refunded" : `${refunded} of ${taken} refunded`;
    },
  );
}

/** Advances the clock beyond every hold and runs the workers. */
export async function letAllHoldsEnd(world: World): Promise<void> {
  world.clock.advance(ALL_HOLDS_ENDED_MS);
  await expireDue(world.deps);
  await world.settle();
  await runWorker(world.eventService, "release expired seats");
}

/** Picks a process for each side; both may be the same. */
export function pickProcesses(
  all: readonly [Process, Process],
  random: Random,
): [Process, Process] {
  const [one, other] = times(2, () => random.pick(all));
  return [one!, other!];
}
