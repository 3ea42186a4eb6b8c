import { DomainError } from "@evently/shared/errors";
import type { UserDeps } from "../deps.ts";
import { findUser } from "../accounts/users_sql.ts";
import type { User } from "../accounts/user.ts";

/**
 * Returns the user of an access token.
 *
 * @throws {DomainError} `UNAUTHORIZED`: the token is not a valid user token, or its account no longer exists
 */
export async function verifyToken(
  { sql, tokens }: Pick<UserDeps, "sql" | "tokens">,
  token: string,
): Promise<User> {
  const userId = await tokens.verifyUser(token);
  if (userId === undefined) throw new DomainError("UNAUTHORIZED", "Invalid token");
  const user = await findUser(sql, userId);
  if (!user) throw new DomainError("UNAUTHORIZED", "User not found");
  return user;
}
