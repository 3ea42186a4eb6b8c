import { many, one, type Sql } from "@evently/shared/postgres";
import type { ChangedField } from "../organisations/changes_sql.ts";
import type { MemberRole } from "../organisations/organiser.ts";

/** The most of each kind in an export, the latest first. */
const MAX_ORGANISATIONS = 50;
const MAX_INVITATIONS = 1_000;
const MAX_CHANGES = 5_000;

/** An organiser as they are stored, without password. */
export interface AdminProfile {
  adminId: string;
  email: string;
  name: string;
  phoneNumber: string | null;
  role: string;
  language: string;
  isEmailVerified: boolean;
  createdAt: Date;
}

export interface ExportedMembership {
  organisationId: string;
  name: string;
  role: MemberRole;
  joinedAt: Date;
}

/** An invitation that they sent, or that went to their address. */
export interface ExportedInvitation {
  organisationName: string;
  email: string;
  role: MemberRole;
  isSent: boolean;
  createdAt: Date;
  acceptedAt: Date | null;
}

/** What they changed in an organisation. */
export interface ExportedChange {
  organisationId: string;
  happenedAt: Date;
  action: string;
  subjectName: string;
  fields: ChangedField[];
}

/** `undefined` if there is no such account any more. */
export function findAdminProfile(sql: Sql, adminId: string): Promise<AdminProfile | undefined> {
  return one(
    sql<AdminProfile[]>`
    SELECT admin_id AS "adminId", email, name, phone_number AS "phoneNumber", role, language,
           email_verified_at IS NOT NULL AS "isEmailVerified", created_at AS "createdAt"
      FROM admins WHERE admin_id = ${adminId} AND erased_at IS NULL`,
    (row) => row,
  );
}

export function listExportedMemberships(sql: Sql, adminId: string): Promise<ExportedMembership[]> {
  return many(
    sql<ExportedMembership[]>`
    SELECT m.organisation_id AS "organisationId", o.name, m.role, m.joined_at AS "joinedAt"
      FROM memberships m JOIN organisations o USING (organisation_id)
     WHERE m.admin_id = ${adminId}
     ORDER BY m.joined_at DESC, m.organisation_id LIMIT ${MAX_ORGANISATIONS}`,
    (row) => row,
  );
}

export function listExportedInvitations(
  sql: Sql,
  { adminId, emailKey }: { adminId: string; emailKey: string },
): Promise<ExportedInvitation[]> {
  return many(
    sql<ExportedInvitation[]>`
    SELECT o.name AS "organisationName", i.email, i.role, i.invited_by = ${adminId} AS "isSent",
           i.created_at AS "createdAt", i.accepted_at AS "acceptedAt"
      FROM organisation_invitations i JOIN organisations o USING (organisation_id)
     WHERE i.invited_by = ${adminId} OR i.accepted_by = ${adminId} OR i.email_key = ${emailKey}
     ORDER BY i.created_at DESC, i.invitation_id LIMIT ${MAX_INVITATIONS}`,
    (row) => row,
  );
}

export function listExportedChanges(sql: Sql, adminId: string): Promise<ExportedChange[]> {
  return many(
    sql<ExportedChange[]>`
    SELECT organisation_id AS "organisationId", happened_at AS "happenedAt", action,
           subject_name AS "subjectName", fields
      FROM organisation_changes WHERE admin_id = ${adminId}
     ORDER BY happened_at DESC, change_id LIMIT ${MAX_CHANGES}`,
    (row) => row,
  );
}
