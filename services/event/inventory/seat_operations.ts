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
    { isSale }: { isSale: boolean },
  ): Result[] {
    results.forEach(({ availableSeats, seq }, i) =>
      deps.seatNews.tell(batches[i]!.eventId, { availableSeats, seq, isSale })
    );
    return results;
  }

  return {
    hold: async (request) =>
      told(request.batches, await holdSeats(deps, request), { isSale: !request.revive }),
    commit: async (batches) => told(batches, await commitSeats(deps, batches), { isSale: true }),
    release: async (batches) => told(batches, await releaseSeats(deps, batches), { isSale: false }),
  };
}
