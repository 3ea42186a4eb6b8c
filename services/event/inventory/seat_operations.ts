import { SEATS } from "@evently/shared/metrics";
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
      tellEach(seatNews, counted(await holdSeats(deps, request)), {
        batches: request.batches,
        isSale: isSale(request),
      }),
    commit: async (batches) =>
      tellEach(seatNews, counted(await commitSeats(deps, batches)), { batches, isSale: true }),
    release: async (batches) =>
      tellEach(seatNews, counted(await releaseSeats(deps, batches)), { batches, isSale: false }),
    openWaitlist: (request) => openWaitlist(deps, request),
    closeWaitlist: (request) => closeWaitlist(deps, request),
    waitlistSupply: (eventIds) =>
      readWaitlistSupply(deps.seatSql, { eventIds, now: deps.clock.now() }),
  };
}

/** What became of allocations, and the name of that in metrics. */
const MOVES: Readonly<Record<string, string>> = {
  held: "held",
  committed: "sold",
  released: "released",
  refused: "refused",
};

/** Counts what became of the allocations of batches; returns the same batches. */
function counted<Batch extends { results: readonly { outcome: string }[] }>(
  batches: Batch[],
): Batch[] {
  const counts = new Map<string, number>();
  for (const { results } of batches) {
    for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of counts) {
    const move = MOVES[outcome];
    if (move !== undefined) SEATS.add(count, { move });
  }
  return batches;
}

/** Whether a hold can only take seats from the public: one for the waitlist may set others free. */
function isSale({ revive, source }: HoldRequest): boolean {
  return !revive && source === "public";
}
