import { enqueue } from "@evently/shared/outbox";
import { many, type Sql, type Tx } from "@evently/shared/postgres";
import type { User } from "./user.ts";

/** What is known of a user who is to be deleted. */
export type UserToErase = Pick<User, "userId" | "email" | "name" | "language">;

/**
 * Deletes a user with all that refers to them, and the mails that are still to be sent, and writes what must follow: the
 * end of what they have open elsewhere, at once and again at `againAt`, and the mail that confirms it, if they are to be
 * told. Their id stays, with the time.
 *
 * @returns false if another request or process was first; nothing is done then
 */
export async function eraseUser(
  tx: Tx,
  { user: { userId, email, name, language }, now, againAt, isTold }: {
    user: UserToErase;
    now: Date;
    againAt: Date;
    isTold: boolean;
  },
): Promise<boolean> {
  const { count } = await tx`DELETE FROM users WHERE user_id = ${userId}`;
  if (count === 0) return false;
  await tx`
    INSERT INTO erased_accounts (account_id, erased_at) VALUES (${userId}, ${now})
    ON CONFLICT DO NOTHING`;
  await tx`
    DELETE FROM outbox
     WHERE subject_id = ${userId}
        OR (topic = 'account.reset' AND lower(payload->>'email') = lower(${email}))`;
  const about = { subjectId: userId, eventId: userId };
  await enqueue(tx, { ...about, topic: "account.forget", now });
  await enqueue(tx, { ...about, topic: "account.forget", now: againAt });
  if (!isTold) return true;
  const payload = { email, name, language };
  await enqueue(tx, { ...about, topic: "account.erased", payload, now });
  return true;
}

/**
 * Users who were deleted before and are there nevertheless, as a backup was restored; by id, after one. Each id is looked
 * up: a join that reads all users takes far longer where most of them were never deleted.
 */
export function findRestoredUsers(
  sql: Sql,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<UserToErase[]> {
  return many(
    sql<UserToErase[]>`
    SELECT u.user_id AS "userId", u.email, u.name, u.language
      FROM erased_accounts e
     CROSS JOIN LATERAL (SELECT * FROM users WHERE user_id = e.account_id LIMIT 1) AS u
     WHERE ${after ? sql`e.account_id > ${after}` : sql`true`}
     ORDER BY e.account_id
     LIMIT ${limit}`,
    (row) => row,
  );
}
