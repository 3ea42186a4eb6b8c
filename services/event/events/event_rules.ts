import { DomainError } from "@evently/shared/errors";
import { EventFinal, EventStateConflict } from "../errors.ts";
import type { EventColumns, LockedEvent } from "./event_changes_sql.ts";
import type { EventStatus } from "./events_sql.ts";

/** The changes that an organiser wishes. */
export interface WishedChanges extends Partial<EventColumns> {
  status?: LockedEvent["status"];
}

/**
 * The schedule of a new event, or one that is changed: what is given must be in the future.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertSchedule(
  given: { start_at?: Date; end_at?: Date },
  { start_at, end_at, now }: { start_at: Date; end_at: Date; now: Date },
): void {
  if (given.start_at && given.start_at <= now) {
    throw invalid("start_datetime", "Start datetime must be in the future");
  }
  if (given.end_at && given.end_at <= now) {
    throw invalid("end_datetime", "End datetime must be in the future");
  }
  if (start_at >= end_at) {
    throw invalid("start_datetime", "Start datetime must be before end datetime");
  }
}

/**
 * Whether an event in its current state may be changed so. A draft may be published or cancelled, a
 * published event cancelled, or made a draft again while it has sold nothing; cancelled is final.
 *
 * @param taken how many seats are held or sold
 * @throws {EventFinal} {@link EventStateConflict}
 * @throws {DomainError} `VALIDATION_FAILED`: the schedule is wrong
 */
export function assertChangeable(
  event: LockedEvent,
  changes: WishedChanges,
  { taken, now }: { taken: number; now: Date },
): void {
  if (event.status === "cancelled") throw new EventFinal();
  const { start_at = event.start_at, end_at = event.end_at } = changes;
  assertSchedule(changes, { start_at, end_at, now });
  if (event.status === "draft" && changes.status === "published" && start_at <= now) {
    throw new EventStateConflict(
      `Cannot publish event as it must start in the future: current start is ${start_at.toISOString()}`,
    );
  }
  if (taken === 0) return;
  if (event.status === "published" && changes.status === "draft") {
    throw new EventStateConflict(
      `Cannot make event a draft as no seat may be held or sold: current value is ${taken}`,
    );
  }
  if (changes.currency !== undefined && changes.currency !== event.currency) {
    throw new EventStateConflict(
      `Cannot change currency as no seat may be held or sold: current value is ${taken}`,
    );
  }
}

/**
 * Whether an organiser can set an event to this status.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertStatusSettable(
  status: EventStatus,
): asserts status is LockedEvent["status"] {
  if (status !== "sold_out") return;
  throw invalid("status", "status cannot be set to sold_out as it follows the seats");
}

function invalid(path: string, message: string): DomainError {
  return new DomainError("VALIDATION_FAILED", message, { details: [{ path, message }] });
}
