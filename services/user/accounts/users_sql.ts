import { accountMessage, emailKey, matchEmail } from "@evently/shared/auth";
import { DEFAULT_LANGUAGE, type Language } from "@evently/shared/languages";
import { many, one, type Sql } from "@evently/shared/postgres";
import type { User } from "./user.ts";

interface UserRow extends Omit<User, "phoneNumber"> {
  phoneNumber: string | null;
}

/** A user to insert; an empty phone number is stored as none. */
export interface NewUser extends Pick<User, "userId" | "email" | "name" | "createdAt"> {
  phoneNumber?: string | undefined;
  language?: Language | undefined;
  passwordHash: string;
}

/** A user and the hash that their password is verified against. */
export interface Credentials {
  user: User;
  passwordHash: string;
  /** `undefined`: never, since the registration. */
  passwordChangedAt: Date | undefined;
}

const columns = (sql: Sql) =>
  sql`user_id AS "userId", email, name, phone_number AS "phoneNumber", created_at AS "createdAt",
      language, email_verified_at IS NOT NULL AS "isEmailVerified"`;

function toUser({ phoneNumber, ...user }: UserRow): User {
  return { ...user, phoneNumber: phoneNumber ?? undefined };
}

/** Inserts a user, and asks for the mail that welcomes them; `undefined` if the e-mail is taken. */
export function registerUser(sql: Sql, user: NewUser): Promise<User | undefined> {
  const { userId: accountId, createdAt: now } = user;
  return one(
    sql<UserRow[]>`
      WITH registered AS (${insertion(sql, { ...user, isVerified: false })}
      ), welcomed AS (
        ${accountMessage(sql, { topic: "account.welcome", accountId, now, from: sql`registered` })}
      )
      SELECT * FROM registered`,
    toUser,
  );
}

/** Inserts a user whose address needs no verification; `undefined` if the e-mail is taken. */
export function insertUser(sql: Sql, user: NewUser): Promise<User | undefined> {
  return one(sql<UserRow[]>`${insertion(sql, { ...user, isVerified: true })}`, toUser);
}

function insertion(
  sql: Sql,
  { userId, email, name, phoneNumber, language, createdAt, passwordHash, isVerified }: NewUser & {
    isVerified: boolean;
  },
) {
  return sql`
      INSERT INTO users (user_id, email, email_key, password_hash, name, phone_number, language,
                         email_verified_at, created_at, updated_at)
      SELECT ${userId}, ${email}, ${emailKey(email)}, ${passwordHash}, ${name},
             ${phoneNumber || null}, ${language ?? DEFAULT_LANGUAGE},
             ${isVerified ? createdAt : null}::timestamptz, ${createdAt}, ${createdAt}
       WHERE NOT EXISTS (SELECT FROM users WHERE ${matchEmail(sql, email)})
      ON CONFLICT (email_key) DO NOTHING
      RETURNING ${columns(sql)}`;
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
  return credentialsWhere(sql, matchEmail(sql, email));
}

/** Finds the credentials of a user. */
export function findCredentialsOf(sql: Sql, userId: string): Promise<Credentials | undefined> {
  return credentialsWhere(sql, sql`user_id = ${userId}`);
}

function credentialsWhere(
  sql: Sql,
  condition: ReturnType<typeof matchEmail>,
): Promise<Credentials | undefined> {
  return one(
    sql<(UserRow & { passwordHash: string; passwordChangedAt: Date | null })[]>`
      SELECT ${columns(sql)}, password_hash AS "passwordHash",
             password_changed_at AS "passwordChangedAt"
        FROM users WHERE ${condition}`,
    ({ passwordHash, passwordChangedAt, ...row }) => ({
      user: toUser(row),
      passwordHash,
      passwordChangedAt: passwordChangedAt ?? undefined,
    }),
  );
}

/**
 * Updates the given fields if they differ from what is stored; an empty `phoneNumber` clears it.
 *
 * @returns the user; `undefined` if there is none
 */
export async function updateProfile(
  sql: Sql,
  { userId, name, phoneNumber, language, now }: {
    userId: string;
    name: string | undefined;
    phoneNumber: string | undefined;
    language: Language | undefined;
    now: Date;
  },
): Promise<User | undefined> {
  const wished = sql`
    COALESCE(${name ?? null}, name), NULLIF(COALESCE(${phoneNumber ?? null}, phone_number), ''),
    COALESCE(${language ?? null}, language)`;
  const changed = await one(
    sql<UserRow[]>`
      UPDATE users SET (name, phone_number, language, updated_at) = ROW (${wished}, ${now})
       WHERE user_id = ${userId} AND (name, phone_number, language) IS DISTINCT FROM (${wished})
      RETURNING ${columns(sql)}`,
    toUser,
  );
  return changed ?? await findUser(sql, userId);
}

/** Stores a newer hash of the same password, unless the password has changed meanwhile. */
export async function replacePasswordHash(
  sql: Sql,
  { user, passwordHash, newHash }: Pick<Credentials, "user" | "passwordHash"> & { newHash: string },
): Promise<void> {
  await sql`
    UPDATE users SET password_hash = ${newHash}
     WHERE user_id = ${user.userId} AND password_hash = ${passwordHash}`;
}

/** Lists what users are called, in no order. */
export function listNames(
  sql: Sql,
  userIds: readonly string[],
): Promise<Pick<User, "userId" | "name" | "email">[]> {
  return many(
    sql<Pick<User, "userId" | "name" | "email">[]>`
      SELECT user_id AS "userId", name, email FROM users WHERE user_id = ANY (${[
      ...userIds,
    ]}::uuid[])`,
    (row) => row,
  );
}
