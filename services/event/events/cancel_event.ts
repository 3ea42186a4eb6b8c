import type { AdminIdentity } from "@evently/shared/auth";
import { EventFinal } from "../errors.ts";
import { updateEvent } from "./update_event.ts";

/**
 * Cancels an event, and by the outbox all its bookings.
 *
 * @throws {EventNotYours} no such event, or one that this admin may not change
 * @throws {StaleVersion} a version was named, and is not the current one
 * @throws {EventFinal} it is cancelled already
 */
export async function cancelEvent(
  deps: Parameters<typeof updateEvent>[0],
  request: { admin: AdminIdentity; eventId: string; version?: number | undefined },
): Promise<void> {
  const { isChanged } = await updateEvent(deps, { ...request, status: "cancelled" });
  if (!isChanged) throw new EventFinal();
}
