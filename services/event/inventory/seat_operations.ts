import type { SeatsSeen } from "@evently/shared/services";
import { commitSeats } from "./commit_seats.ts";
import type { SeatDeps } from "./deps.ts";
import { holdSeats } from "./hold_seats.ts";
import { releaseSeats } from "./release_seats.ts";
import type { SeatOperations } from "./types.ts";

/** Hold, commit and release; each tells this process how many seats it left of each event. */
export function seatOperations(deps: SeatDeps): SeatOperations {
  function told<Result extends SeatsSeen>(
    batches: readonly { eventId: string }[],
    results: Result[],
  ): Result[] {
    results.forEach((result, i) => deps.seatNews.tell(batches[i]!.eventId, result));
    return results;
  }

  return {
    hold: async (request) => told(request.batches, await holdSeats(deps, request)),
    commit: async (batches) => told(batches, await commitSeats(deps, batches)),
    release: async (batches) => told(batches, await releaseSeats(deps, batches)),
  };
}
