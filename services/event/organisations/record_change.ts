import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import type { Tx } from "@evently/shared/postgres";
import { type ChangedField, insertChange } from "./changes_sql.ts";
import { EDITING_ROLES, type MemberRole, type Organiser } from "./organiser.ts";

/** What organisers do, as the log of changes names it. */
export const ACTIONS = [
  "event.created",
  "event.updated",
  "event.cancelled",
  "pool.created",
  "pool.updated",
  "pool.deleted",
  "ticket_type.created",
  "ticket_type.updated",
  "ticket_type.archived",
  "ticket_type.deleted",
  "booking.refunded",
  "booking.refund_refused",
  "buyer.blocked",
  "buyer.block_refused",
  "buyer.unblocked",
  "waitlist.paused",
  "waitlist.resumed",
  "venue.created",
  "venue.updated",
  "venue.deleted",
  "webhook.created",
  "webhook.updated",
  "webhook.deleted",
  "webhook.secret_rotated",
  "webhook.pinged",
  "webhook.delivery_retried",
  "organisation.created",
  "organisation.renamed",
  "invitation.created",
  "invitation.withdrawn",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "member.left",
] as const;
export type Action = (typeof ACTIONS)[number];

/** A change that an organiser makes. */
export interface Change {
  by: Pick<Organiser, "adminId" | "role">;
  organisationId: string;
  action: Action;
  /** What is changed, as it is called after the change. */
  subject: { id: string; name: string };
  eventId?: string | undefined;
  fields?: readonly ChangedField[];
  /** The roles of members that may make it. */
  roles?: readonly MemberRole[];
  /** For a change that may be asked for again: the log has it once. */
  changeId?: string;
  now: Date;
}

/**
 * Writes a change into the log of its organisation, in the transaction that makes it. The statement reads and locks the
 * membership of who makes it: a member who is removed or demoted at the same time either has changed it before, or fails.
 *
 * @throws {DomainError} `FORBIDDEN`: they are no member any more, or not in one of the roles
 */
export async function recordChange(
  tx: Tx,
  { by, roles = EDITING_ROLES, changeId = newId(), fields = [], ...change }: Change,
): Promise<void> {
  const isAllowed = await insertChange(tx, {
    ...change,
    changeId,
    fields,
    adminId: by.adminId,
    roles: by.role === "super_admin" ? undefined : roles,
  });
  if (!isAllowed) {
    throw new DomainError("FORBIDDEN", "Forbidden: you may not change this organisation any more");
  }
}
