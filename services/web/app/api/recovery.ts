import { type Api, unwrap } from "./client.ts";
import { ApiError } from "./errors.ts";

/** Whose account it is; each kind has routes of its own. */
export type AccountKind = "user" | "organiser";

/**
 * Asks for a mail to set a new password. The answer does not tell whether an account has the address.
 *
 * @returns how many seconds the link of the mail works
 */
export async function askForReset(api: Api, kind: AccountKind, email: string): Promise<number> {
  const body = { email };
  const asked = await unwrap(
    kind === "organiser"
      ? api.POST("/api/event/auth/admin/forgot-password", { body })
      : api.POST("/api/user/auth/forgot-password", { body }),
  );
  return asked.link_expires_in;
}

/** Sets a new password by the token of a mail. Returns `false` if the token was used or has expired. */
export function resetPassword(
  api: Api,
  kind: AccountKind,
  body: { token: string; password: string },
): Promise<boolean> {
  return isUsable(
    unwrap(
      kind === "organiser"
        ? api.POST("/api/event/auth/admin/reset-password", { body })
        : api.POST("/api/user/auth/reset-password", { body }),
    ),
  );
}

/** Verifies an e-mail address by the token of a mail. Returns `false` if the token was used or has expired. */
export function verifyEmail(api: Api, kind: AccountKind, token: string): Promise<boolean> {
  const body = { token };
  return isUsable(
    unwrap(
      kind === "organiser"
        ? api.POST("/api/event/auth/admin/verify-email", { body })
        : api.POST("/api/user/auth/verify-email", { body }),
    ),
  );
}

/** Asks for another mail to verify the reader's e-mail address. */
export function sendVerification(api: Api): Promise<unknown> {
  return unwrap(api.POST("/api/user/auth/verify-email/send"));
}

async function isUsable(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === "BAD_ACCOUNT_LINK") return false;
    throw error;
  }
}
