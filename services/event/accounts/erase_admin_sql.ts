import type { AdminRole } from "@evently/shared/auth";
import { many, one, type Sql, type Tx } from "@evently/shared/postgres";
import type { MemberRole } from "../organisations/organiser.ts";

/** Stands where the name of somebody stood whose account is deleted. */
export const NOBODY = "—";

/** What is known of an organiser who is to be deleted. */
export interface AdminToErase {
  adminId: string;
  email: string;
  name: string;
  language: string;
  role: AdminRole;
}

/**
 * Locks an account, so that it joins nothing while it is deleted.
 *
 * @returns `undefined` if there is none, or it is deleted already
 */
export function lockAdmin(tx: Tx, adminId: string): Promise<AdminToErase | undefined> {
  return one(
    tx<AdminToErase[]>`
    SELECT admin_id AS "adminId", email, name, language, role FROM admins
     WHERE admin_id = ${adminId} AND erased_at IS NULL
       FOR NO KEY UPDATE`,
    (row) => row,
  );
}

/**
 * Organisers who were deleted before and are there nevertheless, as a backup was restored; by id, after one. Each id is
 * looked up, as in `users_db`.
 */
export function findRestoredAdmins(
  sql: Sql,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  return many(
    sql<{ adminId: string }[]>`
    SELECT a.admin_id AS "adminId"
      FROM erased_accounts e
     CROSS JOIN LATERAL (
       SELECT admin_id FROM admins WHERE admin_id = e.account_id AND erased_at IS NULL LIMIT 1
     ) AS a
     WHERE ${after ? sql`e.account_id > ${after}` : sql`true`}
     ORDER BY e.account_id
     LIMIT ${limit}`,
    ({ adminId }) => adminId,
  );
}

/** Whether somebody else is a super admin. Two who leave at once do so one after the other. */
export async function hasOtherSuperAdmin(tx: Tx, adminId: string): Promise<boolean> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('deletion of super admins'))`;
  const other = await one(
    tx<{ adminId: string }[]>`
    SELECT admin_id AS "adminId" FROM admins
     WHERE role = 'super_admin' AND erased_at IS NULL AND admin_id <> ${adminId} LIMIT 1`,
    (row) => row,
  );
  return other !== undefined;
}

/** An account's place in an organisation, and who else is in it. */
export interface LeftOrganisation {
  organisationId: string;
  role: MemberRole;
  members: number;
  owners: number;
}

/** Locks the organisations of an account, in the order of their ids. WARNING: lock the account first. */
export async function lockOrganisationsOf(tx: Tx, adminId: string): Promise<LeftOrganisation[]> {
  await tx`
    SELECT FROM organisations
     WHERE organisation_id IN (SELECT organisation_id FROM memberships WHERE admin_id = ${adminId})
     ORDER BY organisation_id
       FOR NO KEY UPDATE`;
  return await many(
    tx<LeftOrganisation[]>`
    SELECT own.organisation_id AS "organisationId", own.role, count(*)::integer AS members,
           (count(*) FILTER (WHERE m.role = 'owner'))::integer AS owners
      FROM memberships own
      JOIN memberships m USING (organisation_id)
     WHERE own.admin_id = ${adminId}
     GROUP BY own.organisation_id, own.role
     ORDER BY own.organisation_id`,
    (row) => row,
  );
}

/** Removes an account from all of its organisations; waits for changes that it is making. */
export async function deleteMemberships(tx: Tx, adminId: string): Promise<void> {
  await tx`DELETE FROM memberships WHERE admin_id = ${adminId}`;
}

/** How many events of some organisations are published and have not ended. */
export async function countLiveEvents(
  sql: Sql,
  { organisationIds, now }: { organisationIds: readonly string[]; now: Date },
): Promise<number> {
  const live = await one(
    sql<{ total: number }[]>`
    SELECT count(*)::integer AS total FROM events e
     WHERE coalesce(e.organisation_id, e.created_by) = ANY (${[...organisationIds]}::uuid[])
       AND e.status = 'published' AND e.end_at > ${now}`,
    (row) => row,
  );
  return live?.total ?? 0;
}

/** Takes what names anybody from organisations that nobody belongs to any more. Their events and sales stay. */
export async function eraseOrganisations(
  tx: Tx,
  { organisationIds, now }: { organisationIds: readonly string[]; now: Date },
): Promise<void> {
  const ids = [...organisationIds];
  await tx`
    UPDATE organisations SET name = ${NOBODY}, updated_at = ${now}
     WHERE organisation_id = ANY (${ids}::uuid[])`;
  await tx`
    DELETE FROM webhooks WHERE coalesce(organisation_id, owner_id) = ANY (${ids}::uuid[])`;
  await deleteInvitations(tx, tx`i.organisation_id = ANY (${ids}::uuid[])`);
  await tx`
    UPDATE organisation_changes
       SET subject_name = ${NOBODY}, fields = '[]'
     WHERE organisation_id = ANY (${ids}::uuid[])
       AND (action LIKE 'organisation.%' OR action LIKE 'webhook.%' OR action LIKE 'invitation.%')`;
}

/**
 * Deletes what names an organiser: name, address, phone number, password, sessions, links, mails to be sent, invitations
 * that they sent and got, and their names in logs of changes. Their id stays, with the time.
 */
export async function eraseAdmin(
  tx: Tx,
  { admin: { adminId, email, name }, emailKey, now }: {
    admin: AdminToErase;
    emailKey: string;
    now: Date;
  },
): Promise<void> {
  await tx`DELETE FROM refresh_tokens WHERE subject_id = ${adminId}`;
  await tx`DELETE FROM account_links WHERE subject_id = ${adminId}`;
  await tx`
    DELETE FROM outbox
     WHERE subject_id = ${adminId}
        OR (topic = 'account.reset' AND lower(payload->>'email') = lower(${email}))`;
  await eraseNames(tx, { adminId, email, name });
  await deleteInvitations(
    tx,
    tx`i.invited_by = ${adminId} OR i.accepted_by = ${adminId} OR i.email_key = ${emailKey}`,
  );
  await tx`UPDATE admins SET email_held_by = NULL WHERE email_held_by = ${adminId}`;
  // No address has spaces: nobody can log in by it, and no mail is asked for.
  const noEmail = `deleted @ ${adminId}`;
  await tx`
    UPDATE admins
       SET email = ${noEmail}, email_key = ${noEmail}, email_held_by = NULL, email_verified_at = NULL,
           password_hash = '', name = ${NOBODY}, phone_number = NULL, role = 'event_manager', permissions = '{}',
           organisation_due = false, password_changed_at = ${now}, erased_at = ${now}, updated_at = ${now}
     WHERE admin_id = ${adminId}`;
  await tx`
    INSERT INTO erased_accounts (account_id, erased_at) VALUES (${adminId}, ${now})
    ON CONFLICT DO NOTHING`;
}

/** Puts {@link NOBODY} in the place of an organiser's name and address in logs of changes. */
async function eraseNames(
  tx: Tx,
  { adminId, email, name }: { adminId: string; email: string; name: string },
): Promise<void> {
  const values = [JSON.stringify(name), JSON.stringify(email)];
  const named = tx`lower(subject_name) IN (lower(${name}), lower(${email}))`;
  await tx`
    UPDATE organisation_changes
       SET admin_name = CASE WHEN admin_id = ${adminId} THEN ${NOBODY} ELSE admin_name END,
           subject_name = CASE
             WHEN action LIKE 'member.%' AND subject_id = ${adminId} OR ${named} THEN ${NOBODY}
             ELSE subject_name
           END,
           fields = replace(replace(fields::text, ${values[0]!}, ${JSON.stringify(NOBODY)}),
                            ${values[1]!}, ${JSON.stringify(NOBODY)})::jsonb
     WHERE admin_id = ${adminId} OR subject_id = ${adminId}`;
  await tx`
    UPDATE organisation_changes SET subject_name = ${NOBODY}
     WHERE action IN ('invitation.created', 'invitation.withdrawn') AND lower(subject_name) = lower(${email})`;
}

/** Deletes invitations, and their mails that are still to be sent. */
async function deleteInvitations(tx: Tx, which: ReturnType<Sql>): Promise<void> {
  const deleted = await many(
    tx<{ invitationId: string }[]>`
    DELETE FROM organisation_invitations i WHERE ${which}
    RETURNING i.invitation_id AS "invitationId"`,
    ({ invitationId }) => invitationId,
  );
  if (deleted.length === 0) return;
  await tx`
    DELETE FROM outbox WHERE topic = 'organisation.invite' AND subject_id = ANY (${deleted}::uuid[])`;
}
