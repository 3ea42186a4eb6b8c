import { checkPassword } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { transaction } from "@evently/shared/postgres";
import type { UserDeps } from "../deps.ts";
import { BadCredentials, CallerGone } from "../errors.ts";
import { eraseUser } from "./erase_sql.ts";
import { findCredentialsOf, replacePasswordHash } from "./users_sql.ts";

type CloseDeps = Pick<
  UserDeps,
  "sql" | "clock" | "passwords" | "people" | "tokens" | "accountMails"
>;

/**
 * Closes the account of a user: name, address, phone number, password and sessions are gone when this returns. What is
 * open elsewhere is ended by the outbox, and once more when the last access token has expired.
 *
 * @throws {CallerGone} there is no such account any more
 * @throws {BadCredentials} the password is wrong
 * @throws {DomainError} `ACCOUNT_HAS_TICKETS`: paid tickets of events to come, and `giveUpTickets` is not set
 */
export async function closeAccount(
  deps: CloseDeps,
  { userId, password, giveUpTickets }: {
    userId: string;
    password: string;
    giveUpTickets: boolean;
  },
): Promise<void> {
  const { sql, clock } = deps;
  const found = await findCredentialsOf(sql, userId);
  if (!found) throw new CallerGone();
  const matches = await checkPassword(deps.passwords, password, {
    hash: found.passwordHash,
    replace: (newHash) => replacePasswordHash(sql, { ...found, newHash }),
  });
  if (!matches) throw new BadCredentials();
  if (!giveUpTickets) {
    const { openTickets } = await deps.people.view(userId);
    if (openTickets > 0) throw new DomainError("ACCOUNT_HAS_TICKETS", openTickets);
  }
  const now = clock.now();
  await transaction(sql, (tx) =>
    eraseUser(tx, {
      user: found.user,
      now,
      againAt: new Date(now.getTime() + deps.tokens.ttlMs),
      isTold: true,
    }));
  deps.accountMails.nudge();
}
