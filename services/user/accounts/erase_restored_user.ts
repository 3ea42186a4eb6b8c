import { transaction } from "@evently/shared/postgres";
import type { UserDeps } from "../deps.ts";
import { eraseUser, type UserToErase } from "./erase_sql.ts";

/**
 * Deletes a user again whom a restored backup has brought back, as `closeAccount()` did: tickets are given up, and nobody
 * is asked. No mail is sent, as they were told the first time.
 *
 * @returns false if another process was first
 */
export async function eraseRestoredUser(
  { sql, clock, tokens, accountMails }: Pick<UserDeps, "sql" | "clock" | "tokens" | "accountMails">,
  user: UserToErase,
): Promise<boolean> {
  const now = clock.now();
  const againAt = new Date(now.getTime() + tokens.ttlMs);
  const isErased = await transaction(
    sql,
    (tx) => eraseUser(tx, { user, now, againAt, isTold: false }),
  );
  if (isErased) accountMails.nudge();
  return isErased;
}
