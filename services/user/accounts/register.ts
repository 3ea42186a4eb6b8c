import type { RegisterRequest } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import type { UserDeps } from "../deps.ts";
import { EmailTaken } from "../errors.ts";
import { insertUser } from "./users_sql.ts";
import { type Session, startSession } from "../sessions/start_session.ts";

/**
 * Makes an account and logs its user in.
 *
 * @throws {EmailTaken} also of two that register the same e-mail at once, for one
 * @throws {Unavailable} too many passwords wait to be hashed
 */
export async function register(
  deps: Pick<UserDeps, "sql" | "clock" | "passwords" | "tokens" | "refreshTokens">,
  { email, password, name, phone_number }: RegisterRequest,
): Promise<Session> {
  const user = await insertUser(deps.sql, {
    user_id: newId(),
    email,
    name,
    phone_number,
    created_at: deps.clock.now(),
    password_hash: await deps.passwords.hash(password),
  });
  if (!user) throw new EmailTaken();
  return await startSession(deps, user);
}
