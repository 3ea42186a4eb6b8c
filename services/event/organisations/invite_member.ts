import { emailKey as keyOf, matchEmail } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { enqueue } from "@evently/shared/outbox";
import { one, type Pool, type Sql } from "@evently/shared/postgres";
import { changedFields } from "./changed_fields.ts";
import type { InvitationLinks } from "./invitation_links.ts";
import {
  countOpenInvitations,
  findInvitation,
  insertInvitation,
  type InvitationRecord,
  withdrawReplaced,
} from "./invitations_sql.ts";
import { assertOwner, changeOrganisation } from "./manage_organisation.ts";
import { findMember } from "./memberships_sql.ts";
import type { MemberRole, Organiser } from "./organiser.ts";
import { recordChange } from "./record_change.ts";

/** The most invitations of an organisation that are open at once. */
export const MAX_INVITATIONS = 50;
/** How long an invitation can be accepted. */
const TTL_MS = 7 * 24 * 3_600_000;

export interface InviteDeps {
  sql: Pool;
  clock: Clock;
  invitations: Pick<InvitationLinks, "tokenOf" | "digestOf">;
  /** Notified after a commit that wrote to the outbox. */
  outbox: { nudge(): void };
}

/**
 * Invites an address by a mail, whose link can be used once. A newer invitation of the same address replaces the one
 * before.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; `FORBIDDEN`: not an owner; `ALREADY_MEMBER`; `ORGANISATION_FULL`
 */
export async function inviteMember(
  { sql, clock, invitations, outbox }: InviteDeps,
  { admin, organisationId, email, role }: {
    admin: Organiser;
    organisationId: string;
    email: string;
    role: MemberRole;
  },
): Promise<InvitationRecord> {
  assertOwner(admin, organisationId);
  const invitationId = newId();
  const emailKey = keyOf(email);
  const now = clock.now();
  const invitation = await changeOrganisation({ sql }, organisationId, async (tx) => {
    const adminId = await accountOf(tx, email);
    if (adminId !== undefined && await findMember(tx, { organisationId, adminId })) {
      throw new DomainError("ALREADY_MEMBER");
    }
    await withdrawReplaced(tx, { organisationId, emailKey, now });
    if (await countOpenInvitations(tx, organisationId) >= MAX_INVITATIONS) {
      throw new DomainError("ORGANISATION_FULL", {
        what: "its open invitations",
        limit: MAX_INVITATIONS,
      });
    }
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "invitation.created",
      subject: { id: invitationId, name: email },
      fields: changedFields({ role }),
      roles: ["owner"],
      now,
    });
    await insertInvitation(tx, {
      invitationId,
      organisationId,
      email,
      emailKey,
      role,
      tokenHash: invitations.digestOf(invitations.tokenOf(invitationId)),
      invitedBy: admin.adminId,
      now,
      expiresAt: new Date(now.getTime() + TTL_MS),
    });
    const topic = "organisation.invite";
    await enqueue(tx, { topic, subjectId: invitationId, eventId: invitationId, now });
    return (await findInvitation(tx, invitationId))!;
  });
  outbox.nudge();
  return invitation;
}

function accountOf(sql: Sql, email: string): Promise<string | undefined> {
  return one(
    sql<{ adminId: string }[]>`
      SELECT admin_id AS "adminId" FROM admins WHERE ${matchEmail(sql, email)}`,
    ({ adminId }) => adminId,
  );
}
