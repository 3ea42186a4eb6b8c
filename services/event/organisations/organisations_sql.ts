import { many, one, type Sql, type Tx } from "@evently/shared/postgres";
import { MAX_ORGANISATIONS } from "./memberships_sql.ts";
import type { MemberRole } from "./organiser.ts";

export interface OrganisationRecord {
  organisationId: string;
  name: string;
  createdAt: Date;
}

/** An organisation as one of its members sees it. */
export interface OwnOrganisation extends OrganisationRecord {
  role: MemberRole;
}

export async function insertOrganisation(
  tx: Tx,
  { organisationId, name, now }: { organisationId: string; name: string; now: Date },
): Promise<void> {
  await tx`
    INSERT INTO organisations (organisation_id, name, created_at, updated_at)
    VALUES (${organisationId}, ${name}, ${now}, ${now})`;
}

export function findOrganisation(
  sql: Sql,
  organisationId: string,
): Promise<OrganisationRecord | undefined> {
  return one(
    sql<OrganisationRecord[]>`
    SELECT organisation_id AS "organisationId", name, created_at AS "createdAt"
      FROM organisations WHERE organisation_id = ${organisationId}`,
    (row) => row,
  );
}

/** The organisations of an account, in the order in which it joined them. */
export function listOwnOrganisations(sql: Sql, adminId: string): Promise<OwnOrganisation[]> {
  return many(
    sql<OwnOrganisation[]>`
    SELECT o.organisation_id AS "organisationId", o.name, o.created_at AS "createdAt", m.role
      FROM memberships m JOIN organisations o USING (organisation_id)
     WHERE m.admin_id = ${adminId}
     ORDER BY m.joined_at, o.organisation_id LIMIT ${MAX_ORGANISATIONS}`,
    (row) => row,
  );
}

/**
 * Locks an organisation, so that one request at a time changes who belongs to it. New events of it do not wait.
 *
 * @returns its name; `undefined` if there is none
 */
export function lockOrganisation(tx: Tx, organisationId: string): Promise<string | undefined> {
  return one(
    tx<{ name: string }[]>`
    SELECT name FROM organisations WHERE organisation_id = ${organisationId} FOR NO KEY UPDATE`,
    ({ name }) => name,
  );
}

export async function renameOrganisationRow(
  tx: Tx,
  { organisationId, name, now }: { organisationId: string; name: string; now: Date },
): Promise<void> {
  await tx`
    UPDATE organisations SET name = ${name}, updated_at = ${now}
     WHERE organisation_id = ${organisationId}`;
}
