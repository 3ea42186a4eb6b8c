import { exactlyOne, many, one, type Sql, type Tx } from "@evently/shared/postgres";
import type { Purge } from "@evently/shared/retention";
import type { MemberRole } from "./organiser.ts";

/** An invitation that was neither accepted nor withdrawn; it may have expired. */
export interface InvitationRecord {
  invitationId: string;
  organisationId: string;
  organisationName: string;
  email: string;
  emailKey: string;
  role: MemberRole;
  tokenHash: string;
  invitedBy: string;
  inviterName: string;
  inviterLanguage: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertInvitation(
  tx: Tx,
  { invitationId, organisationId, email, emailKey, role, tokenHash, invitedBy, now, expiresAt }:
    & Omit<
      InvitationRecord,
      "organisationName" | "inviterName" | "inviterLanguage" | "createdAt"
    >
    & { now: Date },
): Promise<void> {
  await tx`
    INSERT INTO organisation_invitations
           (invitation_id, organisation_id, email, email_key, role, token_hash, invited_by, created_at, expires_at)
    VALUES (${invitationId}, ${organisationId}, ${email}, ${emailKey}, ${role}, ${tokenHash}, ${invitedBy}, ${now},
            ${expiresAt})`;
}

/** Withdraws open invitations that have expired or are of an address; WARNING: lock the organisation first. */
export async function withdrawReplaced(
  tx: Tx,
  { organisationId, emailKey, now }: { organisationId: string; emailKey: string; now: Date },
): Promise<void> {
  await tx`
    UPDATE organisation_invitations SET withdrawn_at = ${now}
     WHERE organisation_id = ${organisationId} AND accepted_at IS NULL AND withdrawn_at IS NULL
       AND (email_key = ${emailKey} OR expires_at <= ${now})`;
}

export function countOpenInvitations(sql: Sql, organisationId: string): Promise<number> {
  return exactlyOne(
    sql<{ total: number }[]>`
    SELECT count(*)::integer AS total FROM organisation_invitations
     WHERE organisation_id = ${organisationId} AND accepted_at IS NULL AND withdrawn_at IS NULL`,
    ({ total }) => total,
  );
}

/** The open invitations of an organisation, the latest first. */
export function listInvitationRows(
  sql: Sql,
  { organisationId, limit }: { organisationId: string; limit: number },
): Promise<InvitationRecord[]> {
  return many(
    sql<InvitationRecord[]>`
    ${selectOpen(sql)} AND i.organisation_id = ${organisationId}
     ORDER BY i.created_at DESC, i.invitation_id LIMIT ${limit}`,
    (row) => row,
  );
}

/** The open invitation with an id. */
export function findInvitation(
  sql: Sql,
  invitationId: string,
): Promise<InvitationRecord | undefined> {
  return one(
    sql<InvitationRecord[]>`${selectOpen(sql)} AND i.invitation_id = ${invitationId}`,
    (row) => row,
  );
}

/** The open invitation of a token, if it has not expired. */
export function findInvitationOf(
  sql: Sql,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<InvitationRecord | undefined> {
  return one(
    sql<InvitationRecord[]>`
    ${selectOpen(sql)} AND i.token_hash = ${tokenHash} AND i.expires_at > ${now}`,
    (row) => row,
  );
}

/** Uses an invitation up; `false` if it was used or withdrawn, or has expired. */
export async function spendInvitation(
  tx: Tx,
  { invitationId, adminId, now }: { invitationId: string; adminId: string; now: Date },
): Promise<boolean> {
  const { count } = await tx`
    UPDATE organisation_invitations SET accepted_at = ${now}, accepted_by = ${adminId}
     WHERE invitation_id = ${invitationId} AND accepted_at IS NULL AND withdrawn_at IS NULL
       AND expires_at > ${now}`;
  return count > 0;
}

/** Returns whether there was such an open invitation. */
export async function withdrawInvitationRow(
  tx: Tx,
  { organisationId, invitationId, now }: {
    organisationId: string;
    invitationId: string;
    now: Date;
  },
): Promise<boolean> {
  const { count } = await tx`
    UPDATE organisation_invitations SET withdrawn_at = ${now}
     WHERE organisation_id = ${organisationId} AND invitation_id = ${invitationId}
       AND accepted_at IS NULL AND withdrawn_at IS NULL`;
  return count > 0;
}

/** Deletes invitations that were accepted or withdrawn, or expired, before then. Returns their number. */
export async function purgeInvitations(
  sql: Sql,
  { before, limit }: Parameters<Purge>[0],
): Promise<number> {
  const isOver = sql`coalesce(i.accepted_at, i.withdrawn_at, i.expires_at) < ${before}`;
  const { count } = await sql`
    DELETE FROM organisation_invitations i
     USING (
       SELECT i.invitation_id FROM organisation_invitations i WHERE ${isOver} LIMIT ${limit}
     ) AS old
     WHERE i.invitation_id = old.invitation_id AND ${isOver}`;
  return count;
}

function selectOpen(sql: Sql) {
  return sql`
    SELECT i.invitation_id AS "invitationId", i.organisation_id AS "organisationId",
           o.name AS "organisationName", i.email, i.email_key AS "emailKey", i.role,
           i.token_hash AS "tokenHash", i.invited_by AS "invitedBy", a.name AS "inviterName", a.language AS "inviterLanguage",
           i.created_at AS "createdAt", i.expires_at AS "expiresAt"
      FROM organisation_invitations i
      JOIN organisations o USING (organisation_id)
      JOIN admins a ON a.admin_id = i.invited_by
     WHERE i.accepted_at IS NULL AND i.withdrawn_at IS NULL`;
}
