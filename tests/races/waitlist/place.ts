import type { createBookingApp } from "../../../services/booking/app.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import { createBookingOutbox } from "../../../services/booking/outbox/outbox.ts";
import { type Organiser } from "../../../services/booking/testing/organiser.ts";
import { type Process, runWorker } from "../../../services/booking/testing/world.ts";
import { closeEnded } from "../../../services/booking/waitlist/close_ended.ts";
import { serveWaitlist } from "../../../services/booking/waitlist/serve_waitlist.ts";

/** A process of the booking service, with an event service beside it; this one or another. */
export interface Place {
  /** Sends a request to the booking service. */
  fetch(request: Request): Promise<Response>;
  organiser: Organiser;
  /** Runs a worker once. */
  run(job: Job): Promise<void>;
  /** Whether requests reach it over HTTP. */
  isRemote: boolean;
}

/** A worker that runs once. */
export type Job =
  /** The waitlist's for an event: serves who waits, and closes what has ended. */
  | { name: "round"; eventId: string }
  /** Ends bookings whose time is up. */
  | { name: "expire" }
  /** Delivers the outbox of the booking service. */
  | { name: "deliver" }
  /** Releases the seats of holds whose time is up. */
  | { name: "sweep" }
  /** Cancels the bookings of cancelled events. */
  | { name: "cancel" };

/** A process that is this one. */
export function localPlace(
  process: Process,
  app: ReturnType<typeof createBookingApp>,
): Place {
  return {
    fetch: async (request) => await app.fetch(request),
    organiser: process.organiser,
    run: (job) => runJob(process, job),
    isRemote: false,
  };
}

/** Runs a worker of a process once. */
export async function runJob(
  { deps, eventService }: Pick<Process, "deps" | "eventService">,
  job: Job,
): Promise<void> {
  switch (job.name) {
    case "round": {
      await serveWaitlist(deps, job.eventId);
      const [supply] = await deps.inventory.waitlistSupply([job.eventId]);
      if (supply) await closeEnded(deps, supply);
      return;
    }
    case "expire":
      return void await expireDue(deps);
    case "deliver":
      return void await createBookingOutbox(deps).deliverAll();
    case "sweep":
      return await runWorker(eventService, "release expired seats");
    case "cancel":
      return await runWorker(eventService, "outbox bookings.cancel");
  }
}
