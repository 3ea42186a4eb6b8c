import { z } from "@hono/zod-openapi";
import type { User } from "./user.ts";
import type { Session } from "../sessions/start_session.ts";

export const SessionResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  name: z.string(),
  access_token: z.string(),
  refresh_token: z.string(),
}).openapi("UserSession");

export function toSessionResponse(
  { user: { user_id, email, name }, access_token, refresh_token }: Session,
): z.infer<typeof SessionResponse> {
  return { user_id, email, name, access_token, refresh_token };
}

export const TokensResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
}).openapi("Tokens");

export const ProfileResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  name: z.string(),
  phone_number: z.string().optional(),
  created_at: z.iso.datetime(),
}).openapi("Profile");

export function toProfileResponse(user: User): z.infer<typeof ProfileResponse> {
  const { user_id, email, name, phone_number, created_at } = user;
  return {
    user_id,
    email,
    name,
    ...(phone_number === undefined ? {} : { phone_number }),
    created_at: created_at.toISOString(),
  };
}

export const VerifiedResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  valid: z.literal(true),
});

export const MessageResponse = z.object({ message: z.string() });
