import { emailKey } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type Pool, type Sql, transaction, type Tx } from "@evently/shared/postgres";
import { changedFields } from "./changed_fields.ts";
import type { InvitationLinks } from "./invitation_links.ts";
import { findInvitationOf, type InvitationRecord, spendInvitation } from "./invitations_sql.ts";
import {
  countMembers,
  countMemberships,
  insertMember,
  lockAccount,
  MAX_MEMBERS,
  MAX_ORGANISATIONS,
} from "./memberships_sql.ts";
import { MEMBER_ROLES, type Organiser } from "./organiser.ts";
import { lockOrganisation, type OwnOrganisation } from "./organisations_sql.ts";
import { recordChange } from "./record_change.ts";

export interface AcceptDeps {
  sql: Pool;
  clock: Clock;
  invitations: Pick<InvitationLinks, "digestOf">;
}

/**
 * The invitation of a link.
 *
 * @throws {DomainError} `BAD_INVITATION`: unknown, used, withdrawn or expired
 */
export async function findUsableInvitation(
  { sql, clock, invitations }: Pick<AcceptDeps, "clock" | "invitations"> & { sql: Sql },
  token: string,
): Promise<InvitationRecord> {
  const tokenHash = invitations.digestOf(token);
  const found = await findInvitationOf(sql, { tokenHash, now: clock.now() });
  if (!found) throw new DomainError("BAD_INVITATION");
  return found;
}

/**
 * Makes the organiser a member by the link of an invitation, which is used up.
 *
 * @throws {DomainError} `BAD_INVITATION`; `INVITATION_FOR_ANOTHER`: the account has another address; `ALREADY_MEMBER`;
 * `ORGANISATION_FULL`
 */
export async function acceptInvitation(
  deps: AcceptDeps,
  { admin, email, token }: { admin: Organiser; email: string; token: string },
): Promise<OwnOrganisation> {
  const invitation = await findUsableInvitation(deps, token);
  return await transaction(
    deps.sql,
    (tx) => joinByInvitation(tx, { invitation, admin, email, now: deps.clock.now() }),
  );
}

/** As {@link acceptInvitation}, in a transaction that may also make the account. */
export async function joinByInvitation(
  tx: Tx,
  { invitation, admin, email, now }: {
    invitation: InvitationRecord;
    admin: Organiser;
    email: string;
    now: Date;
  },
): Promise<OwnOrganisation> {
  const { invitationId, organisationId, organisationName, role } = invitation;
  const { adminId } = admin;
  if (emailKey(email) !== invitation.emailKey) throw new DomainError("INVITATION_FOR_ANOTHER");
  await lockOrganisation(tx, organisationId);
  await lockAccount(tx, adminId);
  if (!await spendInvitation(tx, { invitationId, adminId, now })) {
    throw new DomainError("BAD_INVITATION");
  }
  if ((await countMembers(tx, organisationId)).total >= MAX_MEMBERS) {
    throw new DomainError("ORGANISATION_FULL", { what: "its members", limit: MAX_MEMBERS });
  }
  if ((await countMemberships(tx, adminId)).total >= MAX_ORGANISATIONS) {
    throw new DomainError("ORGANISATION_FULL", {
      what: "your organisations",
      limit: MAX_ORGANISATIONS,
    });
  }
  if (!await insertMember(tx, { organisationId, adminId, role, now })) {
    throw new DomainError("ALREADY_MEMBER");
  }
  await recordChange(tx, {
    by: admin,
    organisationId,
    action: "member.joined",
    subject: { id: adminId, name: email },
    fields: changedFields({ role }),
    roles: MEMBER_ROLES,
    now,
  });
  return { organisationId, name: organisationName, role, createdAt: now };
}
