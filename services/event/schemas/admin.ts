import { z } from "@hono/zod-openapi";
import { ADMIN_ROLES } from "@evently/shared/auth";
import { optionalText, requiredText } from "@evently/shared/http";

const REGISTER_REQUIRED = "Email, password, and name are required";
const LOGIN_REQUIRED = "Email and password are required";
const MAX_EMAIL_CHARS = 254;
const MIN_PASSWORD_CHARS = 8;
const MAX_PASSWORD_CHARS = 128;

/** A password is taken as it is: spaces at its ends belong to it. */
function password(required: string) {
  return z.string({
    error: ({ input }) =>
      input === undefined || input === null ? required : "password must be a string",
  }).min(1, required);
}

/** `POST /auth/admin/register` */
export const RegisterAdminRequest = z.object({
  email: requiredText("email", { required: REGISTER_REQUIRED, max: MAX_EMAIL_CHARS })
    .refine(
      (email) => email === "" || z.email().safeParse(email).success,
      "Invalid email format",
    ),
  password: password(REGISTER_REQUIRED).refine(
    ({ length }) => length === 0 || (length >= MIN_PASSWORD_CHARS && length <= MAX_PASSWORD_CHARS),
    `Password must have ${MIN_PASSWORD_CHARS} to ${MAX_PASSWORD_CHARS} characters`,
  ),
  name: requiredText("name", { required: REGISTER_REQUIRED, max: 200 }),
  phone_number: optionalText("phone_number", { max: 32 }),
  role: z.enum(ADMIN_ROLES, `role must be one of ${ADMIN_ROLES.join(", ")}`)
    .default("event_manager"),
}).openapi("RegisterAdminRequest");

/** `POST /auth/admin/login` */
export const LogInAdminRequest = z.object({
  email: requiredText("email", { required: LOGIN_REQUIRED, max: MAX_EMAIL_CHARS }),
  password: password(LOGIN_REQUIRED).max(
    MAX_PASSWORD_CHARS,
    `Password must have at most ${MAX_PASSWORD_CHARS} characters`,
  ),
}).openapi("LogInAdminRequest");

export const AdminSessionResponse = z.object({
  admin_id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ADMIN_ROLES),
  /** A JSON object in text. */
  permissions: z.string(),
  access_token: z.string(),
  refresh_token: z.string(),
}).openapi("AdminSession");

export const TokensResponse = z.object({ access_token: z.string(), refresh_token: z.string() })
  .openapi("Tokens");

export type RegisterAdminRequest = z.infer<typeof RegisterAdminRequest>;
export type LogInAdminRequest = z.infer<typeof LogInAdminRequest>;
export type AdminSessionResponse = z.infer<typeof AdminSessionResponse>;
