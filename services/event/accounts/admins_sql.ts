import { type AdminRole, emailKey, matchEmail } from "@evently/shared/auth";
import { one, type Sql } from "@evently/shared/postgres";

/** An admin account, without its password. */
export interface Admin {
  admin_id: string;
  email: string;
  name: string;
  role: AdminRole;
  permissions: Record<string, unknown>;
}

const columns = (sql: Sql) => sql`admin_id, email, name, role, permissions`;

/** Adds an admin; `undefined` when the e-mail is taken. An empty phone number is none. */
export function insertAdmin(
  sql: Sql,
  { admin_id, email, name, phone_number, role, password_hash, now }: {
    admin_id: string;
    email: string;
    name: string;
    phone_number?: string | undefined;
    role: AdminRole;
    password_hash: string;
    now: Date;
  },
): Promise<Admin | undefined> {
  return one(
    sql<Admin[]>`
    INSERT INTO admins
      (admin_id, email, email_key, password_hash, name, phone_number, role, created_at, updated_at)
    SELECT ${admin_id}, ${email}, ${emailKey(email)}, ${password_hash}, ${name},
           ${phone_number || null}, ${role}, ${now}, ${now}
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

/** The admin of an e-mail in whatever form, and what their password is verified against. */
export function findAdminCredentials(
  sql: Sql,
  email: string,
): Promise<{ admin: Admin; password_hash: string } | undefined> {
  return one(
    sql<(Admin & { password_hash: string })[]>`
    SELECT ${columns(sql)}, password_hash FROM admins WHERE ${matchEmail(sql, email)}`,
    ({ password_hash, ...admin }) => ({ admin, password_hash }),
  );
}

/** Stores a newer hash of the same password, unless the password has changed meanwhile. */
export async function replaceAdminPasswordHash(
  sql: Sql,
  { admin, password_hash, newHash }: { admin: Admin; password_hash: string; newHash: string },
): Promise<void> {
  await sql`
    UPDATE admins SET password_hash = ${newHash}
     WHERE admin_id = ${admin.admin_id} AND password_hash = ${password_hash}`;
}
