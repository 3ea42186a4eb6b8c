import { exactlyOne, many, type Sql, type Tx } from "@evently/shared/postgres";
import type { MemberRole } from "./organiser.ts";

/** A value as the log shows it. */
export type FieldValue = string | number | boolean | null;

/** A field before and after a change. */
export interface ChangedField {
  field: string;
  from: FieldValue;
  to: FieldValue;
}

/** An entry of the log of changes. */
export interface ChangeRecord {
  changeId: string;
  happenedAt: Date;
  adminId: string;
  adminName: string;
  action: string;
  subjectId: string;
  subjectName: string;
  eventId: string | null;
  fields: ChangedField[];
}

/**
 * Adds an entry, if its author has one of the roles in the organisation; locks their membership until the commit. An entry
 * that exists stays as it is.
 *
 * @param change.roles `undefined`: any role
 * @returns whether the author has such a role
 */
export function insertChange(
  tx: Tx,
  { organisationId, changeId, adminId, action, subject, eventId, fields, roles, now }: {
    organisationId: string;
    changeId: string;
    adminId: string;
    action: string;
    subject: { id: string; name: string };
    eventId?: string | undefined;
    fields: readonly ChangedField[];
    roles: readonly MemberRole[] | undefined;
    now: Date;
  },
): Promise<boolean> {
  const author = roles === undefined ? tx`SELECT true AS allowed` : tx`
    SELECT true AS allowed FROM memberships m
     WHERE m.admin_id = ${adminId} AND m.organisation_id = ${organisationId}
       AND m.role = ANY (${[...roles]}::text[])
       FOR SHARE`;
  return exactlyOne(
    tx<{ allowed: boolean }[]>`
    WITH author AS MATERIALIZED (${author}), written AS (
      INSERT INTO organisation_changes
             (organisation_id, change_id, happened_at, admin_id, admin_name, action, subject_id, subject_name,
              event_id, fields)
      SELECT ${organisationId}::uuid, ${changeId}::uuid, ${now}::timestamptz, a.admin_id, a.name, ${action}::text,
             ${subject.id}::uuid, ${subject.name}::text, ${eventId ?? null}::uuid, ${
      JSON.stringify(fields)
    }::text::jsonb
        FROM author CROSS JOIN admins a
       WHERE a.admin_id = ${adminId}
      ON CONFLICT DO NOTHING
    )
    SELECT EXISTS (SELECT FROM author) AS allowed`,
    ({ allowed }) => allowed,
  );
}

/**
 * Entries of an organisation, the latest first.
 *
 * @param page.before the id of the entry at which they continue; unknown ones are followed by nothing
 */
export function listChangeRows(
  sql: Sql,
  { organisationId, before, limit }: {
    organisationId: string;
    before: string | undefined;
    limit: number;
  },
): Promise<ChangeRecord[]> {
  return many(
    sql<ChangeRecord[]>`
    SELECT c.change_id AS "changeId", c.happened_at AS "happenedAt", c.admin_id AS "adminId",
           c.admin_name AS "adminName", c.action, c.subject_id AS "subjectId", c.subject_name AS "subjectName",
           c.event_id AS "eventId", c.fields
      FROM organisation_changes c
     WHERE c.organisation_id = ${organisationId}
       ${
      before === undefined ? sql`` : sql`
       AND (c.happened_at, c.change_id) < (
         SELECT b.happened_at, b.change_id FROM organisation_changes b
          WHERE b.organisation_id = ${organisationId} AND b.change_id = ${before})`
    }
     ORDER BY c.happened_at DESC, c.change_id DESC
     LIMIT ${limit}`,
    (row) => row,
  );
}
