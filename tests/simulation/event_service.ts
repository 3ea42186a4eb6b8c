import { SWEEP_GRACE_MS } from "../../services/event/inventory/run_seat_sweep.ts";
import { cancelEventBookings } from "../../services/booking/orders/cancel_event_bookings.ts";
import { drawShopChange } from "./shops.ts";
import type { Simulation } from "./simulation.ts";

/** Intervals and limits of the event service's `open.ts` and `run_seat_sweep.ts`. */
const SWEEP_INTERVAL_MS = 5_000;
const OUTBOX_INTERVAL_MS = 2_000;
const MAX_RELEASED = 512;
/** Actions of organisers per thousand that cancel an event. */
const CANCEL_EVENT_PERMILLE = 30;
const MAX_CAPACITY = 45;
const OFFER_MS = 10 * 60_000;

/** Schedules the event service's background work: the seat sweep and the outbox of cancelled events. */
export function startEventService(world: Simulation): void {
  const caller = { name: "event service", alive: true };
  const { scheduler, network, seats } = world;

  async function sweep(): Promise<void> {
    const send = <T>(label: string, perform: () => T) =>
      network.call(caller, { label, repeatable: false, perform });
    try {
      const cutoff = () => new Date(world.eventNow().getTime() - SWEEP_GRACE_MS);
      const due = await send("find expired", () => seats.eventsWithExpiredHolds(cutoff()));
      for (const eventId of due) {
        await send(
          "sweep",
          () => seats.releaseExpired({ eventId, cutoff: cutoff(), limit: MAX_RELEASED }),
        );
      }
    } catch (error) {
      world.onFailure(error);
    }
    scheduler.add({ label: "event service sweeps", run: sweep }, SWEEP_INTERVAL_MS);
  }

  function deliver(): void {
    for (const eventId of world.cancelledEvents) {
      world.random.pick(world.hosts).request({
        label: "cancel the event's bookings",
        // Nobody waits in the simulation.
        work: (deps) =>
          cancelEventBookings({ ...deps, waitlist: { close: () => Promise.resolve(0) } }, {
            eventId,
          }),
        settle: (outcome) => {
          if ("ok" in outcome && outcome.ok.remaining === 0) world.cancelledEvents.delete(eventId);
        },
      });
    }
    scheduler.add({ label: "event service outbox", run: deliver }, OUTBOX_INTERVAL_MS);
  }

  scheduler.add({ label: "event service sweeps", run: sweep }, SWEEP_INTERVAL_MS);
  scheduler.add({ label: "event service outbox", run: deliver }, OUTBOX_INTERVAL_MS);
}

/** Performs one action of an organiser or of the waitlist on an event's seats. */
export function actAsOrganiser(world: Simulation): void {
  const { random, seats, network, conditions, ids } = world;
  const eventId = random.pick(world.events);
  const send = (label: string, perform: () => unknown) => {
    const message = { label, repeatable: true, perform };
    void network.call({ name: "organiser", alive: true }, message).catch(world.onFailure);
  };
  if (network.chance(CANCEL_EVENT_PERMILLE)) {
    return send("cancel the event", () => {
      seats.cancelEvent(eventId);
      world.cancelledEvents.add(eventId);
    });
  }
  const shop = world.shops.get(eventId);
  if (shop && random.below(2) === 0) {
    const { label, perform } = drawShopChange(world, shop);
    return send(label, perform);
  }
  if (!conditions.waitlists || random.below(3) === 0) {
    const capacity = 1 + random.below(MAX_CAPACITY);
    return send(`resize to ${capacity}`, () => seats.resize(eventId, capacity));
  }
  const type = random.below(shop?.typeIds.length ?? 1);
  if (random.below(2) === 0) {
    const open = random.below(2) === 0;
    return send(
      `the waitlist of type ${type} ${open ? "opens" : "closes"}`,
      () => seats.setWaitlistOpen(eventId, open, type),
    );
  }
  const [allocationId, quantity] = [ids.newId(), 1 + random.below(3)];
  send("offer to the waitlist", () => {
    const now = world.eventNow();
    const expiresAt = new Date(now.getTime() + OFFER_MS);
    const items = [{ allocationId, quantity, expiresAt, ticketTypeId: shop?.typeIds[type] }];
    return seats.hold({ eventId, items, source: "waitlist", revive: false, now });
  });
}
