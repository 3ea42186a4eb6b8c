import { exactlyOne, many, one, type Sql, type Tx } from "@evently/shared/postgres";
import type { MemberRole, Membership } from "./organiser.ts";

/** An account's memberships, and whether its organisation of one is still to be made. */
export interface MembershipsFound {
  isDue: boolean;
  memberships: Membership[];
}

/** The most organisations of an account. */
export const MAX_ORGANISATIONS = 50;

/** What an account belongs to, the oldest first; `undefined` if there is no such account, or it was deleted. */
export async function findMemberships(
  sql: Sql,
  adminId: string,
): Promise<MembershipsFound | undefined> {
  const rows = await many(
    sql<{ isDue: boolean; organisationId: string | null; role: MemberRole }[]>`
    SELECT a.organisation_due AS "isDue", m.organisation_id AS "organisationId", m.role
      FROM admins a
      LEFT JOIN memberships m ON m.admin_id = a.admin_id
     WHERE a.admin_id = ${adminId} AND a.erased_at IS NULL
     ORDER BY m.joined_at, m.organisation_id
     LIMIT ${MAX_ORGANISATIONS}`,
    (row) => row,
  );
  if (rows[0] === undefined) return undefined;
  const memberships = rows.flatMap(({ organisationId, role }) =>
    organisationId === null ? [] : [{ organisationId, role }]
  );
  return { isDue: rows[0].isDue, memberships };
}

/** Makes the organisation of one of an account to which it is due. */
export async function makeOwnOrganisation(
  sql: Sql,
  { adminId, now }: { adminId: string; now: Date },
): Promise<void> {
  await sql`
    WITH due AS (
      UPDATE admins SET organisation_due = false
       WHERE admin_id = ${adminId} AND organisation_due
      RETURNING admin_id, name
    ), made AS (
      INSERT INTO organisations (organisation_id, name, created_at, updated_at)
      SELECT admin_id, name, ${now}::timestamptz, ${now}::timestamptz FROM due
      RETURNING organisation_id
    )
    INSERT INTO memberships (admin_id, organisation_id, role, joined_at)
    SELECT organisation_id, organisation_id, 'owner', ${now}::timestamptz FROM made`;
}

/** A member as the others see them. */
export interface MemberRecord {
  adminId: string;
  name: string;
  email: string;
  role: MemberRole;
  joinedAt: Date;
}

/** The most members of an organisation. */
export const MAX_MEMBERS = 200;

/** Members in the order in which they joined. */
export function listMemberRows(sql: Sql, organisationId: string): Promise<MemberRecord[]> {
  return many(
    sql<MemberRecord[]>`
    ${selectMembers(sql)} WHERE m.organisation_id = ${organisationId}
     ORDER BY m.joined_at, m.admin_id LIMIT ${MAX_MEMBERS}`,
    (row) => row,
  );
}

export function findMember(
  sql: Sql,
  { organisationId, adminId }: { organisationId: string; adminId: string },
): Promise<MemberRecord | undefined> {
  return one(
    sql<MemberRecord[]>`
    ${selectMembers(sql)} WHERE m.organisation_id = ${organisationId} AND m.admin_id = ${adminId}`,
    (row) => row,
  );
}

/** Adds a member; `false` if they are one already. */
export async function insertMember(
  tx: Tx,
  { organisationId, adminId, role, now }: {
    organisationId: string;
    adminId: string;
    role: MemberRole;
    now: Date;
  },
): Promise<boolean> {
  const { count } = await tx`
    INSERT INTO memberships (admin_id, organisation_id, role, joined_at)
    VALUES (${adminId}, ${organisationId}, ${role}, ${now})
    ON CONFLICT DO NOTHING`;
  return count > 0;
}

/** Changes the role of a member. WARNING: lock the organisation first. */
export async function updateMemberRole(
  tx: Tx,
  { organisationId, adminId, role }: {
    organisationId: string;
    adminId: string;
    role: MemberRole;
  },
): Promise<void> {
  await tx`
    UPDATE memberships SET role = ${role}
     WHERE organisation_id = ${organisationId} AND admin_id = ${adminId}`;
}

/** Removes a member; waits for changes that they are making. WARNING: lock the organisation first. */
export async function deleteMember(
  tx: Tx,
  { organisationId, adminId }: { organisationId: string; adminId: string },
): Promise<void> {
  await tx`
    DELETE FROM memberships
     WHERE organisation_id = ${organisationId} AND admin_id = ${adminId}`;
}

/** How many organisations an account belongs to, and how many it owns. */
export function countMemberships(
  sql: Sql,
  adminId: string,
): Promise<{ total: number; owned: number }> {
  return exactlyOne(
    sql<{ total: number; owned: number }[]>`
    SELECT count(*)::integer AS total, (count(*) FILTER (WHERE role = 'owner'))::integer AS owned
      FROM memberships WHERE admin_id = ${adminId}`,
    (row) => row,
  );
}

function selectMembers(sql: Sql) {
  return sql`
    SELECT m.admin_id AS "adminId", a.name, a.email, m.role, m.joined_at AS "joinedAt"
      FROM memberships m JOIN admins a USING (admin_id)`;
}

/** Locks an account, so that its organisations are counted and added by one request at a time. */
export async function lockAccount(tx: Tx, adminId: string): Promise<void> {
  await tx`SELECT FROM admins WHERE admin_id = ${adminId} FOR NO KEY UPDATE`;
}

/** How many members an organisation has, and how many of them own it. */
export function countMembers(
  sql: Sql,
  organisationId: string,
): Promise<{ total: number; owners: number }> {
  return exactlyOne(
    sql<{ total: number; owners: number }[]>`
    SELECT count(*)::integer AS total, (count(*) FILTER (WHERE role = 'owner'))::integer AS owners
      FROM memberships WHERE organisation_id = ${organisationId}`,
    (row) => row,
  );
}
