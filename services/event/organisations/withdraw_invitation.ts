import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Pool } from "@evently/shared/postgres";
import { findInvitation, withdrawInvitationRow } from "./invitations_sql.ts";
import { assertOwner, changeOrganisation } from "./manage_organisation.ts";
import type { Organiser } from "./organiser.ts";
import { recordChange } from "./record_change.ts";

/**
 * Withdraws an invitation: its link can no longer be used.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; `FORBIDDEN`: not an owner; `INVITATION_NOT_FOUND`: accepted or withdrawn,
 * or never made
 */
export async function withdrawInvitation(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, organisationId, invitationId }: {
    admin: Organiser;
    organisationId: string;
    invitationId: string;
  },
): Promise<void> {
  assertOwner(admin, organisationId);
  const now = clock.now();
  await changeOrganisation({ sql }, organisationId, async (tx) => {
    const invitation = await findInvitation(tx, invitationId);
    const isOpen = await withdrawInvitationRow(tx, { organisationId, invitationId, now });
    if (!invitation || !isOpen) throw new DomainError("INVITATION_NOT_FOUND");
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "invitation.withdrawn",
      subject: { id: invitationId, name: invitation.email },
      roles: ["owner"],
      now,
    });
  });
}
