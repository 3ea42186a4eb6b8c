import { tellEach } from "@evently/shared/services";
import { commitSeats } from "./commit_seats.ts";
import type { SeatDeps } from "./deps.ts";
import { closeWaitlist } from "./close_waitlist.ts";
import { holdSeats } from "./hold_seats.ts";
import { openWaitlist } from "./open_waitlist.ts";
import { releaseSeats } from "./release_seats.ts";
import type { HoldRequest, SeatOperations } from "./types.ts";
import { readWaitlistSupply } from "./waitlists_sql.ts";

/** What sales and waitlists do; each change tells this process how many seats it left of each event. */
export function seatOperations(deps: SeatDeps): SeatOperations {
  const { seatNews } = deps;
  return {
    hold: async (request) =>
      tellEach(seatNews, await holdSeats(deps, request), {
        batches: request.batches,
        isSale: isSale(request),
      }),
    commit: async (batches) =>
      tellEach(seatNews, await commitSeats(deps, batches), { batches, isSale: true }),
    release: async (batches) =>
      tellEach(seatNews, await releaseSeats(deps, batches), { batches, isSale: false }),
    openWaitlist: (request) => openWaitlist(deps, request),
    closeWaitlist: (request) => closeWaitlist(deps, request),
    waitlistSupply: (eventIds) =>
      readWaitlistSupply(deps.seatSql, { eventIds, now: deps.clock.now() }),
  };
}

/** Whether a hold can only take seats from the public: one for the waitlist may set others free. */
function isSale({ revive, source }: HoldRequest): boolean {
  return !revive && source === "public";
}
