import { z } from "@hono/zod-openapi";
import { optionalOpaqueText } from "@evently/shared/http";
import { ADMIN_ROLES, RegisterRequest } from "@evently/shared/auth";
import type { AdminSession } from "./start_admin_session.ts";

const MAX_TOKEN_CHARS = 128;

export const RegisterAdminRequest = RegisterRequest.extend({
  role: z.enum(ADMIN_ROLES, `role must be one of ${ADMIN_ROLES.join(", ")}`)
    .default("event_manager"),
  invitation: optionalOpaqueText("invitation", { max: MAX_TOKEN_CHARS }).openapi({
    description: "The token of an invitation to an organisation",
  }),
}).openapi("RegisterAdminRequest");

export const AdminSessionResponse = z.object({
  admin_id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ADMIN_ROLES),
  /** A JSON object as text. */
  permissions: z.string(),
  access_token: z.string(),
  refresh_token: z.string(),
}).openapi("AdminSession");

export const TokensResponse = z.object({ access_token: z.string(), refresh_token: z.string() })
  .openapi("Tokens");

export const MessageResponse = z.object({ message: z.string() }).openapi("Message");

export type AdminSessionResponse = z.infer<typeof AdminSessionResponse>;

export function toAdminSessionResponse(session: AdminSession): AdminSessionResponse {
  const { admin, permissions, accessToken, refreshToken } = session;
  return {
    admin_id: admin.adminId,
    email: admin.email,
    name: admin.name,
    role: admin.role,
    permissions,
    access_token: accessToken,
    refresh_token: refreshToken,
  };
}
