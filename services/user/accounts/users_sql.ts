import { emailKey, matchEmail } from "@evently/shared/auth";
import { exactlyOne, one, type Sql } from "@evently/shared/postgres";
import type { User } from "./user.ts";

interface UserRow {
  user_id: string;
  email: string;
  name: string;
  phone_number: string | null;
  created_at: Date;
}

/** A user who is not stored yet. An empty phone number is none. */
export interface NewUser extends Omit<User, "phone_number"> {
  phone_number?: string | undefined;
  password_hash: string;
}

const columns = (sql: Sql) => sql`user_id, email, name, phone_number, created_at`;

function toUser({ phone_number, ...user }: UserRow): User {
  return phone_number === null ? user : { ...user, phone_number };
}

/** Adds a user; `undefined` when the e-mail is taken. */
export function insertUser(
  sql: Sql,
  { user_id, email, name, phone_number, created_at, password_hash }: NewUser,
): Promise<User | undefined> {
  return one(
    sql<UserRow[]>`
      INSERT INTO users (user_id, email, email_key, password_hash, name, phone_number, created_at,
                         updated_at)
      SELECT ${user_id}, ${email}, ${emailKey(email)}, ${password_hash}, ${name},
             ${phone_number || null}, ${created_at}, ${created_at}
       WHERE NOT EXISTS (SELECT FROM users WHERE ${matchEmail(sql, email)})
      ON CONFLICT (email_key) DO NOTHING
      RETURNING ${columns(sql)}`,
    toUser,
  );
}

export function findUser(sql: Sql, userId: string): Promise<User | undefined> {
  return one(
    sql<UserRow[]>`SELECT ${columns(sql)} FROM users WHERE user_id = ${userId}`,
    toUser,
  );
}

/** The user of an e-mail in whatever form, and what their password is verified against. */
export function findCredentials(
  sql: Sql,
  email: string,
): Promise<{ user: User; password_hash: string } | undefined> {
  return one(
    sql<(UserRow & { password_hash: string })[]>`
      SELECT ${columns(sql)}, password_hash FROM users WHERE ${matchEmail(sql, email)}`,
    ({ password_hash, ...row }) => ({ user: toUser(row), password_hash }),
  );
}

/**
 * Changes what is given, where it differs from what is stored; an empty `phone_number` clears it. `undefined` when
 * the user is gone.
 */
export async function updateProfile(
  sql: Sql,
  { user_id, name, phone_number, now }: {
    user_id: string;
    name: string | undefined;
    phone_number: string | undefined;
    now: Date;
  },
): Promise<User | undefined> {
  const wished = sql`
    COALESCE(${name ?? null}, name), NULLIF(COALESCE(${phone_number ?? null}, phone_number), '')`;
  const changed = await one(
    sql<UserRow[]>`
      UPDATE users SET (name, phone_number, updated_at) = ROW (${wished}, ${now})
       WHERE user_id = ${user_id} AND (name, phone_number) IS DISTINCT FROM (${wished})
      RETURNING ${columns(sql)}`,
    toUser,
  );
  return changed ?? await findUser(sql, user_id);
}

export function emailExists(sql: Sql, email: string): Promise<boolean> {
  return exactlyOne(
    sql<{ exists: boolean }[]>`
      SELECT EXISTS (SELECT FROM users WHERE ${matchEmail(sql, email)})`,
    ({ exists }) => exists,
  );
}

/** Stores a newer hash of the same password, unless the password has changed meanwhile. */
export async function replacePasswordHash(
  sql: Sql,
  { user, password_hash, newHash }: { user: User; password_hash: string; newHash: string },
): Promise<void> {
  await sql`
    UPDATE users SET password_hash = ${newHash}
     WHERE user_id = ${user.user_id} AND password_hash = ${password_hash}`;
}
