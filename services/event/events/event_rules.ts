import { DomainError, invalidInput } from "@evently/shared/errors";
import type { EventColumns, LockedEvent } from "./event_changes_sql.ts";
import type { EventStatus } from "./events_sql.ts";

/** Changes of an event's columns and status. */
export interface EventChanges extends Partial<EventColumns> {
  status?: LockedEvent["status"];
}

/**
 * Asserts that the schedule of a new or changed event is in order, and that the times given are in the future.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertSchedule(
  given: { startsAt?: Date; endsAt?: Date },
  { startsAt, endsAt, now }: { startsAt: Date; endsAt: Date; now: Date },
): void {
  if (given.startsAt && given.startsAt <= now) {
    throw invalidInput("start_datetime", "Start datetime must be in the future");
  }
  if (given.endsAt && given.endsAt <= now) {
    throw invalidInput("end_datetime", "End datetime must be in the future");
  }
  if (startsAt >= endsAt) {
    throw invalidInput("start_datetime", "Start datetime must be before end datetime");
  }
}

/**
 * Asserts that an event in its current state may be changed so. A draft may be published or cancelled. A published
 * event may be cancelled, or become a draft again while no seat is held or sold. A cancelled one is final.
 *
 * @param taken number of seats held or sold
 * @throws {DomainError} `EVENT_STATE_CONFLICT`; `VALIDATION_FAILED`: the schedule or the picture is wrong
 */
export function assertChangeable(
  event: LockedEvent,
  changes: EventChanges,
  { taken, now }: { taken: number; now: Date },
): void {
  assertNotFinal(event);
  const { startsAt = event.startsAt, endsAt = event.endsAt } = changes;
  assertSchedule(changes, { startsAt, endsAt, now });
  assertPicture(changes);
  if (event.status === "draft" && changes.status === "published" && startsAt <= now) {
    throw conflict(
      `Cannot publish event as it must start in the future: current start is ${startsAt.toISOString()}`,
    );
  }
  if (taken === 0) return;
  if (event.status === "published" && changes.status === "draft") {
    throw conflict(
      `Cannot make event a draft as no seat may be held or sold: current value is ${taken}`,
    );
  }
  if (changes.currency !== undefined && changes.currency !== event.currency) {
    throw conflict(
      `Cannot change currency as no seat may be held or sold: current value is ${taken}`,
    );
  }
}

/**
 * Asserts that a new picture can be shown on pages, which load nothing without TLS.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertPicture({ imageUrl }: { imageUrl?: string | null | undefined }): void {
  if (!imageUrl || new URL(imageUrl).protocol === "https:") return;
  throw invalidInput("image_url", "image_url must begin with https://");
}

/**
 * Asserts that an organiser can set an event to this status.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertStatusSettable(
  status: EventStatus,
): asserts status is LockedEvent["status"] {
  if (status !== "sold_out") return;
  throw invalidInput("status", "status cannot be set to sold_out as it follows the seats");
}

/**
 * Asserts that an event is not cancelled, after which nothing of it changes.
 *
 * @throws {DomainError} `EVENT_STATE_CONFLICT`
 */
export function assertNotFinal({ status }: Pick<LockedEvent, "status">): void {
  if (status === "cancelled") throw eventFinal();
}

/** The error of a change to a cancelled event. */
export function eventFinal(): DomainError {
  return conflict("Cannot change event as a cancelled event is final: current status is cancelled");
}

function conflict(text: string): DomainError {
  return new DomainError("EVENT_STATE_CONFLICT", text);
}
