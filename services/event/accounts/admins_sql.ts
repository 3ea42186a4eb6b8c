import { accountMessage, type AdminRole, emailKey, matchEmail } from "@evently/shared/auth";
import { DEFAULT_LANGUAGE, type Language } from "@evently/shared/languages";
import { one, type Sql } from "@evently/shared/postgres";

/** An admin account, without its password. */
export interface Admin {
  adminId: string;
  email: string;
  name: string;
  role: AdminRole;
  permissions: Record<string, unknown>;
}

const columns = (sql: Sql) => sql`admin_id AS "adminId", email, name, role, permissions`;

/** An admin to insert; an empty phone number is stored as none. */
export interface NewAdmin {
  adminId: string;
  email: string;
  name: string;
  phoneNumber?: string | undefined;
  language?: Language | undefined;
  role: AdminRole;
  passwordHash: string;
  /** Whether it is to have an organisation of its own, made when that is first needed; default is yes. */
  isOrganisationDue?: boolean;
  now: Date;
}

/** Adds an admin, and asks for the mail that welcomes them; `undefined` if the e-mail is taken. */
export function registerAdminAccount(sql: Sql, admin: NewAdmin): Promise<Admin | undefined> {
  const { adminId: accountId, now } = admin;
  return one(
    sql<Admin[]>`
      WITH registered AS (${insertion(sql, { ...admin, isVerified: false })}
      ), welcomed AS (
        ${accountMessage(sql, { topic: "account.welcome", accountId, now, from: sql`registered` })}
      )
      SELECT * FROM registered`,
    (row) => row,
  );
}

/** Adds an admin whose address needs no verification; `undefined` if the e-mail is taken. */
export function insertAdmin(sql: Sql, admin: NewAdmin): Promise<Admin | undefined> {
  return one(sql<Admin[]>`${insertion(sql, { ...admin, isVerified: true })}`, (row) => row);
}

function insertion(
  sql: Sql,
  { adminId, email, name, phoneNumber, language, role, passwordHash, now, ...account }:
    & NewAdmin
    & { isVerified: boolean },
) {
  return sql`
    INSERT INTO admins
      (admin_id, email, email_key, password_hash, name, phone_number, language, role,
       email_verified_at, organisation_due, created_at, updated_at)
    SELECT ${adminId}, ${email}, ${emailKey(email)}, ${passwordHash}, ${name},
           ${phoneNumber || null}, ${language ?? DEFAULT_LANGUAGE}, ${role},
           ${account.isVerified ? now : null}::timestamptz,
           ${account.isOrganisationDue ?? true}, ${now}, ${now}
     WHERE NOT EXISTS (SELECT FROM admins WHERE ${matchEmail(sql, email)})
    ON CONFLICT (email_key) DO NOTHING
    RETURNING ${columns(sql)}`;
}

/** The admin with an id, unless they are deleted. */
export function findAdmin(sql: Sql, adminId: string): Promise<Admin | undefined> {
  return one(
    sql<Admin[]>`
    SELECT ${columns(sql)} FROM admins WHERE admin_id = ${adminId} AND erased_at IS NULL`,
    (row) => row,
  );
}

/** An admin and the hash that their password is verified against. */
export interface AdminCredentials {
  admin: Admin;
  passwordHash: string;
  /** `undefined`: never, since the registration. */
  passwordChangedAt: Date | undefined;
}

/** The admin with an e-mail, in any form, and the hash of their password. */
export function findAdminCredentials(
  sql: Sql,
  email: string,
): Promise<AdminCredentials | undefined> {
  return one(
    sql<(Admin & { passwordHash: string; passwordChangedAt: Date | null })[]>`
    SELECT ${columns(sql)}, password_hash AS "passwordHash",
           password_changed_at AS "passwordChangedAt"
      FROM admins WHERE ${matchEmail(sql, email)}`,
    ({ passwordHash, passwordChangedAt, ...admin }) => ({
      admin,
      passwordHash,
      passwordChangedAt: passwordChangedAt ?? undefined,
    }),
  );
}

/** The admin with an id, and the hash of their password. */
export function findAdminCredentialsOf(
  sql: Sql,
  adminId: string,
): Promise<Pick<AdminCredentials, "admin" | "passwordHash"> | undefined> {
  return one(
    sql<(Admin & { passwordHash: string })[]>`
    SELECT ${columns(sql)}, password_hash AS "passwordHash"
      FROM admins WHERE admin_id = ${adminId} AND erased_at IS NULL`,
    ({ passwordHash, ...admin }) => ({ admin, passwordHash }),
  );
}

/** Stores a newer hash of the same password, unless the password has changed meanwhile. */
export async function replaceAdminPasswordHash(
  sql: Sql,
  { admin, passwordHash, newHash }: { admin: Admin; passwordHash: string; newHash: string },
): Promise<void> {
  await sql`
    UPDATE admins SET password_hash = ${newHash}
     WHERE admin_id = ${admin.adminId} AND password_hash = ${passwordHash}`;
}
