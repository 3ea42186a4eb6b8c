import type { AdminIdentity, AdminRole } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";

/** The roles that may change things; analysts only read. */
export const EDITORS: readonly AdminRole[] = ["super_admin", "event_manager"];

/** The owner whose events an admin may see: their own id, or `undefined` for everybody's. */
export function readableOwner({ adminId: admin_id, role }: AdminIdentity): string | undefined {
  return role === "event_manager" ? admin_id : undefined;
}

/** The owner whose events an admin may change: their own id, or `undefined` for everybody's. */
export function editableOwner({ adminId: admin_id, role }: AdminIdentity): string | undefined {
  return role === "super_admin" ? undefined : admin_id;
}

/** The error of a valid token whose admin does not exist any more. */
export function callerGone(): DomainError {
  return new DomainError("UNAUTHORIZED", "Unauthorized: invalid admin token");
}
