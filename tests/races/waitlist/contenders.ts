import { newId } from "@evently/shared/ids";
import type { Random } from "@evently/shared/testing";
import { ServiceRefusal } from "@evently/shared/services";
import type { Arena } from "./arena.ts";
import { joinBody, type Waiter } from "./people.ts";
import type { Place } from "./place.ts";
import { send, type Site } from "./site.ts";

/** An operation with its input, to run in a process; returns `ok` or the code of its refusal. */
export type Move = (site: Site, place: Place) => Promise<string>;

/** What can run at the same time on a waitlist and its event; each draws its input. */
export const CONTENDERS = {
  "join": (random, { eventId, typeIds }) => {
    const quantity = 1 + random.below(2);
    const ticketTypeIds = typeIds.length > 0 ? [random.pick(typeIds)] : undefined;
    const body = joinBody(eventId, {
      quantity,
      minQuantity: 1 + random.below(quantity),
      ticketTypeIds,
    });
    return request("POST", "/waitlist/join", { userId: newId(), body });
  },
  "leave": (random, arena) => {
    const { userId } = random.pick([arena.first, arena.first, ...arena.behind]);
    return leave(arena, { userId });
  },
  "offer": (_random, { eventId }) => done((_site, place) => place.run({ name: "round", eventId })),
  "accept": (_random, { first: { userId }, offer: { bookingId } }) =>
    request("POST", "/bookings/confirm", {
      userId,
      body: { reservation_id: bookingId, payment_token: "tok_visa", payment_method: "card" },
    }),
  "take fewer": (random, { eventId, first: { userId }, offer: { quantity, ticketTypeId } }) => {
    const fewer = { quantity: 1 + random.below(quantity), idempotency_key: newId() };
    const line = ticketTypeId === eventId ? fewer : {
      ...fewer,
      quantity: undefined,
      lines: [{ ticket_type_id: ticketTypeId, quantity: fewer.quantity }],
    };
    return request("POST", "/bookings/reserve", { userId, body: { event_id: eventId, ...line } });
  },
  "decline": (random, { eventId, first: { userId }, offer: { bookingId } }) =>
    random.pick([
      request("POST", "/waitlist/decline", { userId, body: { event_id: eventId } }),
      request("POST", "/waitlist/decline", { userId, body: { event_id: eventId } }),
      request("DELETE", `/bookings/${bookingId}`, { userId }),
      request("POST", `/bookings/${bookingId}/expire`, { userId }),
    ]),
  "lapse": (_random, { offer: { expiresAt } }) =>
    done(async ({ world: { clock }, meeting }, place) => {
      await meeting.pass(() => {
        if (clock.now() < expiresAt) clock.set(expiresAt);
        return Promise.resolve();
      });
      await place.run({ name: "expire" });
      await place.run({ name: "deliver" });
      await meeting.pass(() => place.run({ name: "sweep" }));
    }),
  "close": (random, arena) => {
    const { eventId, typeIds, first, behind } = arena;
    const ends = random.pick(["all leave", "sale ends", "type archived"] as const);
    return done(async (site, place) => {
      if (ends === "all leave") {
        for (const { userId } of [...behind, first]) await leave(arena, { userId })(site, place);
      } else {
        const salesEnd = new Date(site.world.clock.now().getTime() + 1).toISOString();
        const fields = ends === "sale ends" || typeIds.length === 0
          ? { sales_end: salesEnd }
          : { status: "archived" };
        const type = typeIds.length === 0 ? eventId : random.pick(typeIds);
        await refusable(site, () => place.organiser.changeType(eventId, type, fields));
        await site.meeting.pass(() => Promise.resolve(site.world.clock.advance(1)));
      }
      await place.run({ name: "round", eventId });
    });
  },
  "reserve": (random, { eventId, typeIds }) => {
    const quantity = 1 + random.below(2);
    const line = typeIds.length === 0 || random.below(3) === 0
      ? { quantity }
      : { lines: [{ ticket_type_id: random.pick(typeIds), quantity }] };
    const body = { event_id: eventId, idempotency_key: newId(), ...line };
    return request("POST", "/bookings/reserve", { userId: newId(), body });
  },
  "release": (_random, { owner: { userId, bookingId } }) => async (site, place) => {
    const answer = await request("DELETE", `/bookings/${bookingId}`, { userId })(site, place);
    await place.run({ name: "deliver" });
    return answer;
  },
  "capacity up": (random, { eventId, capacity }) => resize(eventId, capacity + 1 + random.below(2)),
  "capacity down": (random, { eventId, capacity }) =>
    resize(eventId, capacity - 1 - random.below(2)),
  "type paused": (random, { eventId, typeIds }) => {
    const type = typeIds.length === 0 ? eventId : random.pick(typeIds);
    return organised((place) => place.organiser.changeType(eventId, type, { status: "paused" }));
  },
  "list paused": (_random, { eventId }) =>
    organised(({ organiser }) => organiser.pauseWaitlist(eventId, true)),
  "price changed": (random, { eventId }) =>
    organised((place) => place.organiser.change(eventId, { base_price: 100 + random.below(50) })),
  "event cancelled": (_random, { eventId }) => async (site, place) => {
    const answer = await organised(({ organiser }) => organiser.cancelEvent(eventId))(
      site,
      place,
    );
    await place.run({ name: "cancel" });
    await place.run({ name: "deliver" });
    return answer;
  },
} as const satisfies Record<string, (random: Random, arena: Arena) => Move>;

export type Contender = keyof typeof CONTENDERS;

function request(
  method: string,
  path: string,
  sent: { userId: string; body?: unknown },
): Move {
  return async (site, place) => (await send(site, place, [method, path], sent)).code ?? "ok";
}

function leave({ eventId }: Arena, { userId }: Pick<Waiter, "userId">): Move {
  return request("DELETE", `/waitlist/leave?event_id=${eventId}`, { userId });
}

function done(work: (site: Site, place: Place) => Promise<void>): Move {
  return async (site, place) => {
    await work(site, place);
    return "ok";
  };
}

function resize(eventId: string, capacity: number): Move {
  return organised(({ organiser }) => organiser.resize(eventId, capacity));
}

/** A change by the organiser, which meets the other side, and may be refused. */
function organised(change: (place: Place) => Promise<unknown>): Move {
  return (site, place) => refusable(site, () => change(place));
}

async function refusable({ meeting }: Site, change: () => Promise<unknown>): Promise<string> {
  try {
    await meeting.pass(change);
    return "ok";
  } catch (error) {
    if (error instanceof ServiceRefusal && error.status < 500) return error.code ?? "refused";
    throw error;
  }
}
