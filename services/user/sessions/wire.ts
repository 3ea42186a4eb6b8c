import { z } from "@hono/zod-openapi";
import { opaqueText } from "@evently/shared/http";
import type { User } from "../accounts/user.ts";
import type { Session, Tokens } from "./start_session.ts";

const MAX_TOKEN_CHARS = 4_096;

export const LogoutRequest = z.object({
  refresh_token: opaqueText("refresh_token", { required: "Refresh token is required" }),
});

export const VerifyTokenRequest = z.object({
  token: opaqueText("token", { required: "Token is required", max: MAX_TOKEN_CHARS }),
});

export const SessionResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  name: z.string(),
  access_token: z.string(),
  refresh_token: z.string(),
}).openapi("UserSession");

/** Maps a session to the response. */
export function toSessionResponse(
  { user: { userId, email, name }, ...tokens }: Session,
): z.infer<typeof SessionResponse> {
  return { user_id: userId, email, name, ...toTokensResponse(tokens) };
}

export const TokensResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
}).openapi("Tokens");

/** Maps a pair of tokens to the response. */
export function toTokensResponse(
  { accessToken, refreshToken }: Tokens,
): z.infer<typeof TokensResponse> {
  return { access_token: accessToken, refresh_token: refreshToken };
}

export const VerifiedResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  valid: z.literal(true),
});

/** Maps the user of a valid token to the response. */
export function toVerifiedResponse({ userId, email }: User): z.infer<typeof VerifiedResponse> {
  return { user_id: userId, email, valid: true };
}

export const MessageResponse = z.object({ message: z.string() });
