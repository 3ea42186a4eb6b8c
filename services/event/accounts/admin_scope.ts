import type { AdminIdentity, AdminRole } from "@evently/shared/auth";

/** The roles that may change anything; an analyst reads only. */
export const EDITORS: readonly AdminRole[] = ["super_admin", "event_manager"];

/** Whose events an admin may see: the id of their creator, or `undefined` for everybody's. */
export function readableOwner({ admin_id, role }: AdminIdentity): string | undefined {
  return role === "event_manager" ? admin_id : undefined;
}

/** Whose events an admin may change: the id of their creator, or `undefined` for everybody's. */
export function editableOwner({ admin_id, role }: AdminIdentity): string | undefined {
  return role === "super_admin" ? undefined : admin_id;
}
