import { newId } from "@evently/shared/ids";
import type { Language } from "@evently/shared/languages";
import type { UserDeps } from "../deps.ts";
import { EmailTaken } from "../errors.ts";
import { type Session, startSession } from "../sessions/start_session.ts";
import { registerUser } from "./users_sql.ts";

/** A registration; an empty phone number counts as none. */
export interface RegisterInput {
  email: string;
  password: string;
  name: string;
  phoneNumber: string | undefined;
  language: Language | undefined;
}

/**
 * Creates an account, logs its user in, and has them welcomed by mail.
 *
 * @throws {EmailTaken} an account has the e-mail, possibly by a concurrent registration
 * @throws {Unavailable} too many passwords are waiting to be hashed
 */
export async function register(
  deps: Pick<
    UserDeps,
    "sql" | "clock" | "passwords" | "tokens" | "refreshTokens" | "accountMails"
  >,
  { email, password, name, phoneNumber, language }: RegisterInput,
): Promise<Session> {
  const user = await registerUser(deps.sql, {
    userId: newId(),
    email,
    name,
    phoneNumber,
    language,
    createdAt: deps.clock.now(),
    passwordHash: await deps.passwords.hash(password),
  });
  if (!user) throw new EmailTaken();
  deps.accountMails.nudge();
  return await startSession(deps, user);
}
