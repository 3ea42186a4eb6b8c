import { newId } from "@evently/shared/ids";
import type { UserDeps } from "../deps.ts";
import { EmailTaken } from "../errors.ts";
import { type Session, startSession } from "../sessions/start_session.ts";
import { insertUser } from "./users_sql.ts";

/** A registration; an empty phone number counts as none. */
export interface RegisterInput {
  email: string;
  password: string;
  name: string;
  phoneNumber: string | undefined;
}

/**
 * Creates an account and logs its user in.
 *
 * @throws {EmailTaken} an account has the e-mail, possibly by a concurrent registration
 * @throws {Unavailable} too many passwords are waiting to be hashed
 */
export async function register(
  deps: Pick<UserDeps, "sql" | "clock" | "passwords" | "tokens" | "refreshTokens">,
  { email, password, name, phoneNumber }: RegisterInput,
): Promise<Session> {
  const user = await insertUser(deps.sql, {
    userId: newId(),
    email,
    name,
    phoneNumber,
    createdAt: deps.clock.now(),
    passwordHash: await deps.passwords.hash(password),
  });
  if (!user) throw new EmailTaken();
  return await startSession(deps, user);
}
