import { type AdminRole, emailKey, matchEmail } from "@evently/shared/auth";
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

/** Adds an admin; `undefined` if the e-mail is taken. An empty phone number is stored as null. */
export function insertAdmin(
  sql: Sql,
  { adminId, email, name, phoneNumber, role, passwordHash, now }: {
    adminId: string;
    email: string;
    name: string;
    phoneNumber?: string | undefined;
    role: AdminRole;
    passwordHash: string;
    now: Date;
  },
): Promise<Admin | undefined> {
  return one(
    sql<Admin[]>`
    INSERT INTO admins
      (admin_id, email, email_key, password_hash, name, phone_number, role, created_at, updated_at)
    SELECT ${adminId}, ${email}, ${emailKey(email)}, ${passwordHash}, ${name},
           ${phoneNumber || null}, ${role}, ${now}, ${now}
     WHERE NOT EXISTS (SELECT FROM admins WHERE ${matchEmail(sql, email)})
    ON CONFLICT (email_key) DO NOTHING
    RETURNING ${columns(sql)}`,
    (row) => row,
  );
}

export function findAdmin(sql: Sql, adminId: string): Promise<Admin | undefined> {
  return one(
    sql<Admin[]>`SELECT ${columns(sql)} FROM admins WHERE admin_id = ${adminId}`,
    (row) => row,
  );
}

/** The admin with an e-mail, in any form, and the hash of their password. */
export function findAdminCredentials(
  sql: Sql,
  email: string,
): Promise<{ admin: Admin; passwordHash: string } | undefined> {
  return one(
    sql<(Admin & { passwordHash: string })[]>`
    SELECT ${columns(sql)}, password_hash AS "passwordHash" FROM admins WHERE ${
      matchEmail(sql, email)
    }`,
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
