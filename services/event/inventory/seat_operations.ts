import type { SeatsSeen } from "@evently/shared/services";
import type { SeatDeps } from "../deps.ts";
import type {
  AllocationBatch,
  CommitResponse,
  HoldRequest,
  HoldResponse,
  ReleaseResponse,
} from "./wire.ts";
import { commitSeats } from "./commit_seats.ts";
import { holdSeats } from "./hold_seats.ts";
import { releaseSeats } from "./release_seats.ts";

/**
 * What a sale does to the seat inventory: the internal routes offer it, and the same to callers in this process
 * directly, as a batch of a hundred costs more to be written as JSON and validated than to be decided.
 */
export interface SeatOperations {
  hold(request: HoldRequest): Promise<HoldResponse[]>;
  commit(batches: AllocationBatch[]): Promise<CommitResponse[]>;
  release(batches: AllocationBatch[]): Promise<ReleaseResponse[]>;
}

/** The operations, each of which tells this process what it left of the seats of each event. */
export function seatOperations(deps: SeatDeps): SeatOperations {
  function told<Answer extends SeatsSeen>(
    events: readonly { event_id: string }[],
    answers: Answer[],
  ): Answer[] {
    events.forEach(({ event_id }, i) => deps.seatNews.tell(event_id, answers[i]!));
    return answers;
  }

  return {
    hold: async (request) => told(request.batches, await holdSeats(deps, request)),
    commit: async (batches) => told(batches, await commitSeats(deps, batches)),
    release: async (batches) => told(batches, await releaseSeats(deps, batches)),
  };
}
