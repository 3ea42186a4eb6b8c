import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { runSeatSweep, SWEEP_GRACE_MS } from "../../../services/event/inventory/run_seat_sweep.ts";
import {
  toBatch,
  toExtendResponse,
  toHoldBatch,
  toLookupResponse,
  toReleaseBatch,
  toSoldResponse,
} from "../../../services/event/inventory/wire.ts";
import { SeatModel } from "../../models/seats/seat_model.ts";
import { freeSeats } from "../../models/seats/tables.ts";
import type { SeatSubject } from "./seat_conformance.ts";
import {
  countSeats,
  type EventWorld,
  HOLD_TTL_MS,
  type Seats,
  seatsOf,
} from "../../../services/event/testing/world.ts";

const CAPACITY = 10;
const MAX_RELEASED = 512;
const DAY_MS = 24 * 3_600_000;

/** Creates an event of the real service, called through its routes. */
export async function realSubject(
  world: EventWorld,
): Promise<SeatSubject & { eventId: string }> {
  const organiser = await world.actor();
  const fields = { total_capacity: CAPACITY };
  const { event_id: eventId } = await world.event({ organiser, fields });
  const { token } = organiser;
  const path = `/events/${eventId}/seats`;
  const call = async (method: string, route: string, body?: unknown) =>
    (await world.internal(method, route, body)).body;
  return {
    eventId,
    seats: seatsOf(world, eventId),
    count: () => countSeats(world.sql, eventId),
    extend: (allocationId, byMs) => {
      const expiresAt = new Date(world.clock.now().getTime() + byMs).toISOString();
      return call("POST", `${path}/extend`, {
        items: [{ allocation_id: allocationId, expires_at: expiresAt }],
      });
    },
    lookUp: (allocationIds) => call("POST", `${path}/lookup`, { allocation_ids: allocationIds }),
    listSold: () => call("GET", "/allocations/sold"),
    async resize(totalCapacity) {
      const body = { total_capacity: totalCapacity };
      return (await world.send("PUT", `/admin/events/${eventId}`, { token, body })).status === 200;
    },
    async cancelEvent() {
      await world.send("DELETE", `/admin/events/${eventId}`, { token });
    },
    async sweep() {
      const search = { eventChanged: () => Promise.resolve() };
      const { sql: seatSql, clock, context: { seatNews } } = world;
      await runSeatSweep({ seatSql, clock, search, seatNews });
    },
    advance: (byMs) => world.clock.advance(byMs),
  };
}

/** Creates an event of a model. */
export function modelSubject(
  { now = new Date(), eventId = newId() }: { now?: Date; eventId?: string } = {},
): SeatSubject & { model: SeatModel } {
  const clock = new ManualClock(now);
  const model = new SeatModel();
  model.addEvent({
    event_id: eventId,
    status: "published",
    start_at: new Date(now.getTime() + 30 * DAY_MS),
    end_at: new Date(now.getTime() + 31 * DAY_MS),
    unit_price_minor: 149_950,
    currency: "INR",
    max_tickets_per_booking: 10,
  }, CAPACITY);
  return {
    model,
    seats: modelSeats(model, { clock, eventId }),
    count() {
      const inv = model.tables.house(eventId)!;
      const { held, sold, set_aside } = inv;
      return Promise.resolve({ available: freeSeats(inv), held, sold, set_aside });
    },
    extend(allocationId, byMs) {
      const expiresAt = new Date(clock.now().getTime() + byMs);
      const extended = model.extend({
        eventId,
        items: [{ allocationId, expiresAt }],
        now: clock.now(),
      });
      return Promise.resolve(toExtendResponse(extended));
    },
    lookUp: (allocationIds) =>
      Promise.resolve(toLookupResponse(model.lookUp({ eventId, allocationIds }))),
    listSold: () => Promise.resolve(toSoldResponse(model.listSold(undefined))),
    resize: (capacity) => Promise.resolve(model.resize(eventId, capacity)),
    cancelEvent: () => Promise.resolve(model.cancelEvent(eventId)),
    sweep() {
      const cutoff = new Date(clock.now().getTime() - SWEEP_GRACE_MS);
      for (const due of model.eventsWithExpiredHolds(cutoff)) {
        model.releaseExpired({ eventId: due, cutoff, limit: MAX_RELEASED });
      }
      return Promise.resolve();
    },
    advance: (byMs) => clock.advance(byMs),
  };
}

function modelSeats(
  model: SeatModel,
  { clock, eventId }: { clock: ManualClock; eventId: string },
): Seats {
  const seats: Seats = {
    hold(requests, options = {}) {
      const now = clock.now();
      const defaultExpiry = new Date(now.getTime() + HOLD_TTL_MS).toISOString();
      const items = requests.map((request) => ({
        allocationId: request.id ?? newId(),
        quantity: request.quantity ?? 1,
        unitPriceMinor: request.unit_price_minor,
        expiresAt: new Date(request.expires_at ?? defaultExpiry),
      }));
      const request = { source: "public" as const, revive: false, ...options };
      return Promise.resolve(toHoldBatch(model.hold({ eventId, items, now, ...request })));
    },
    commit: (...allocationIds) =>
      Promise.resolve(toBatch(model.commit({ eventId, allocationIds, now: clock.now() }))),
    release: (...allocationIds) =>
      Promise.resolve(toReleaseBatch(model.release({ eventId, allocationIds }))),
    async held(quantity = 1) {
      const id = newId();
      const { results } = await seats.hold([{ id, quantity }]);
      if (results[0]?.outcome !== "held") throw new Error(JSON.stringify(results));
      return id;
    },
    waitlist: (open) => Promise.resolve(void model.setWaitlistOpen(eventId, open)),
  };
  return seats;
}
