import type { Organiser } from "../organisations/organiser.ts";
import { eventFinal } from "./event_rules.ts";
import { updateEvent, type UpdateEventDeps } from "./update_event.ts";

/**
 * Cancels an event, and all its bookings through the outbox.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event of this admin; `STALE_VERSION`: `version` is not the current
 * one; `EVENT_STATE_CONFLICT`: it is cancelled already
 */
export async function cancelEvent(
  deps: UpdateEventDeps,
  { version, ...request }: { admin: Organiser; eventId: string; version?: number | undefined },
): Promise<void> {
  const requested = { status: "cancelled" as const };
  const { isChanged } = await updateEvent(deps, { ...request, version, requested });
  if (!isChanged) throw eventFinal();
}
