import { emailKey, matchEmail } from "@evently/shared/auth";
import { many, one, type Sql } from "@evently/shared/postgres";
import type { User } from "./user.ts";

interface UserRow extends Omit<User, "phoneNumber"> {
  phoneNumber: string | null;
}

/** A user to insert; an empty phone number is stored as none. */
export interface NewUser extends Omit<User, "phoneNumber"> {
  phoneNumber?: string | undefined;
  passwordHash: string;
}

/** A user and the hash that their password is verified against. */
export interface Credentials {
  user: User;
  passwordHash: string;
}

const columns = (sql: Sql) =>
  sql`user_id AS "userId", email, name, phone_number AS "phoneNumber", created_at AS "createdAt"`;

function toUser({ phoneNumber, ...user }: UserRow): User {
  return { ...user, phoneNumber: phoneNumber ?? undefined };
}

/** Inserts a user; `undefined` if the e-mail is taken. */
export function insertUser(
  sql: Sql,
  { userId, email, name, phoneNumber, createdAt, passwordHash }: NewUser,
): Promise<User | undefined> {
  return one(
    sql<UserRow[]>`
      INSERT INTO users (user_id, email, email_key, password_hash, name, phone_number, created_at,
                         updated_at)
      SELECT ${userId}, ${email}, ${emailKey(email)}, ${passwordHash}, ${name},
             ${phoneNumber || null}, ${createdAt}, ${createdAt}
       WHERE NOT EXISTS (SELECT FROM users WHERE ${matchEmail(sql, email)})
      ON CONFLICT (email_key) DO NOTHING
      RETURNING ${columns(sql)}`,
    toUser,
  );
}

/** Finds a user by id. */
export function findUser(sql: Sql, userId: string): Promise<User | undefined> {
  return one(
    sql<UserRow[]>`SELECT ${columns(sql)} FROM users WHERE user_id = ${userId}`,
    toUser,
  );
}

/** Finds the users that exist, in no order. */
export function findUsers(sql: Sql, userIds: readonly string[]): Promise<User[]> {
  return many(
    sql<UserRow[]>`
      SELECT ${columns(sql)} FROM users WHERE user_id = ANY (${[...userIds]}::uuid[])`,
    toUser,
  );
}

/** Finds the credentials of an e-mail, in any of its forms. */
export function findCredentials(sql: Sql, email: string): Promise<Credentials | undefined> {
  return one(
    sql<(UserRow & { passwordHash: string })[]>`
      SELECT ${columns(sql)}, password_hash AS "passwordHash"
        FROM users WHERE ${matchEmail(sql, email)}`,
    ({ passwordHash, ...row }) => ({ user: toUser(row), passwordHash }),
  );
}

/**
 * Updates the given fields if they differ from what is stored; an empty `phoneNumber` clears it.
 *
 * @returns the user; `undefined` if there is none
 */
export async function updateProfile(
  sql: Sql,
  { userId, name, phoneNumber, now }: {
    userId: string;
    name: string | undefined;
    phoneNumber: string | undefined;
    now: Date;
  },
): Promise<User | undefined> {
  const wished = sql`
    COALESCE(${name ?? null}, name), NULLIF(COALESCE(${phoneNumber ?? null}, phone_number), '')`;
  const changed = await one(
    sql<UserRow[]>`
      UPDATE users SET (name, phone_number, updated_at) = ROW (${wished}, ${now})
       WHERE user_id = ${userId} AND (name, phone_number) IS DISTINCT FROM (${wished})
      RETURNING ${columns(sql)}`,
    toUser,
  );
  return changed ?? await findUser(sql, userId);
}

/** Stores a newer hash of the same password, unless the password has changed meanwhile. */
export async function replacePasswordHash(
  sql: Sql,
  { user, passwordHash, newHash }: Credentials & { newHash: string },
): Promise<void> {
  await sql`
    UPDATE users SET password_hash = ${newHash}
     WHERE user_id = ${user.userId} AND password_hash = ${passwordHash}`;
}
