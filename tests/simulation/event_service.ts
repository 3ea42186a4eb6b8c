import { SWEEP_GRACE_MS } from "../../services/event/inventory/run_seat_sweep.ts";
import { cancelEventBookings } from "../../services/booking/orders/cancel_event_bookings.ts";
import { drawShopChange } from "./shops.ts";
import type { Simulation } from "./simulation.ts";
import { pauseOrResume } from "./waiters.ts";

/** Intervals and limits of the event service's `open.ts` and `run_seat_sweep.ts`. */
const SWEEP_INTERVAL_MS = 5_000;
const OUTBOX_INTERVAL_MS = 2_000;
const MAX_RELEASED = 512;
/** Actions of organisers per thousand that cancel an event. */
const CANCEL_EVENT_PERMILLE = 30;
const MAX_CAPACITY = 45;

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
        work: (deps) => cancelEventBookings(deps, { eventId }),
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

/** Performs one action of an organiser on an event's seats, or on the offers of its waitlist. */
export function actAsOrganiser(world: Simulation): void {
  const { random, seats, network, conditions } = world;
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
  if (conditions.waiters > 0 && random.below(4) === 0) return pauseOrResume(world, eventId);
  const capacity = 1 + random.below(MAX_CAPACITY);
  send(`resize to ${capacity}`, () => seats.resize(eventId, capacity));
}
