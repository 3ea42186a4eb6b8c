import type { Clock } from "../../clock.ts";
import { DomainError } from "../../errors/mod.ts";
import { createRoutes, errors, json, jsonBody, route } from "../../http/mod.ts";
import type { Pool } from "../../postgres/mod.ts";
import type { AccountLimits } from "../account_limits.ts";
import { noStore } from "../no_store.ts";
import type { PasswordHasher } from "../passwords.ts";
import type { AccountLinks } from "./account_links.ts";
import { requestReset } from "./account_mails.ts";
import {
  ForgotPasswordRequest,
  RecoveryMessage,
  ResetMailAsked,
  ResetPasswordRequest,
  VerifyEmailRequest,
} from "./wire.ts";

export interface RecoveryDeps {
  sql: Pool;
  clock: Clock;
  passwords: Pick<PasswordHasher, "assertRoom" | "hash">;
  limits: Pick<AccountLimits, "perAddress" | "limitMails">;
  links: Pick<AccountLinks, "ttlMs" | "canReset" | "resetPassword" | "verifyEmail">;
  /** Wakes the worker that sends mails. */
  accountMails: { nudge(): void };
}

/** How a service names the routes. */
export interface RecoveryNames {
  /** Such as `/auth/admin`. */
  prefix: string;
  tag: string;
  /** End of the operations' ids, such as `Admin`. */
  suffix: string;
}

/** Public routes of those who have lost their password, or follow a link of a mail. */
export function recoveryRoutes(deps: RecoveryDeps, { prefix, tag, suffix }: RecoveryNames) {
  const middleware = [noStore(), deps.limits.perAddress("recover")];
  const tags: [string] = [tag];
  const forgotRoute = route({
    method: "post",
    path: `${prefix}/forgot-password`,
    operationId: `forgotPassword${suffix}`,
    tags,
    summary: "Ask for a mail to set a new password",
    description: "The answer is the same whether or not an account has the address.",
    middleware,
    request: { body: jsonBody(ForgotPasswordRequest) },
    responses: { 202: json(ResetMailAsked), ...errors(400, 413, 429, 503) },
  });
  const resetRoute = route({
    method: "post",
    path: `${prefix}/reset-password`,
    operationId: `resetPassword${suffix}`,
    tags,
    summary: "Set a new password",
    description:
      "The token is that of the mail and can be used once. All sessions of the account end; access " +
      "tokens are valid until they expire.",
    middleware,
    request: { body: jsonBody(ResetPasswordRequest) },
    responses: { 200: json(RecoveryMessage), ...errors(400, 413, 429, 503) },
  });
  const verifyRoute = route({
    method: "post",
    path: `${prefix}/verify-email`,
    operationId: `verifyEmail${suffix}`,
    tags,
    summary: "Verify an e-mail address",
    description: "The token is that of the mail and can be used once.",
    middleware,
    request: { body: jsonBody(VerifyEmailRequest) },
    responses: { 200: json(RecoveryMessage), ...errors(400, 413, 429, 503) },
  });
  return createRoutes()
    .openapi(forgotRoute, async (c) => {
      const { email } = c.req.valid("json");
      await deps.limits.limitMails(email);
      await requestReset(deps.sql, { email, now: deps.clock.now() });
      deps.accountMails.nudge();
      return c.json({
        message: "If an account has this address, a mail is on its way",
        link_expires_in: Math.floor(deps.links.ttlMs.reset / 1_000),
      }, 202);
    })
    .openapi(resetRoute, async (c) => {
      const { token, password } = c.req.valid("json");
      deps.passwords.assertRoom();
      const isReset = await deps.links.canReset(token) &&
        await deps.links.resetPassword(token, await deps.passwords.hash(password));
      if (!isReset) throw new DomainError("BAD_ACCOUNT_LINK");
      return c.json({ message: "The password is changed" }, 200);
    })
    .openapi(verifyRoute, async (c) => {
      if (!await deps.links.verifyEmail(c.req.valid("json").token)) {
        throw new DomainError("BAD_ACCOUNT_LINK");
      }
      return c.json({ message: "The address is verified" }, 200);
    });
}
