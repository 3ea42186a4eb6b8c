import { z } from "@hono/zod-openapi";
import { optionalText, requiredText } from "../http/schemas.ts";

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const MAX_EMAIL_CHARS = 254;
const MIN_PASSWORD_CHARS = 8;
const MAX_PASSWORD_CHARS = 128;
export const MAX_NAME_CHARS = 200;
export const MAX_PHONE_CHARS = 32;

const REGISTER_REQUIRED = "Email, password, and name are required";
const LOGIN_REQUIRED = "Email and password are required";

/** What an account of any kind is made of. */
export const RegisterRequest = z.object({
  email: requiredText("email", { required: REGISTER_REQUIRED, max: MAX_EMAIL_CHARS })
    .pipe(z.email("Invalid email format")),
  password: passwordText(REGISTER_REQUIRED)
    .refine(hasPasswordLength, {
      error: `password must have ${MIN_PASSWORD_CHARS} to ${MAX_PASSWORD_CHARS} characters`,
    })
    .openapi({ minLength: MIN_PASSWORD_CHARS, maxLength: MAX_PASSWORD_CHARS }),
  name: requiredText("name", { required: REGISTER_REQUIRED, max: MAX_NAME_CHARS }),
  phone_number: optionalText("phone_number", { max: MAX_PHONE_CHARS }),
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

/** Says nothing of the form of either: what no account can have is wrong like any other guess. */
export const LoginRequest = z.object({
  email: requiredText("email", { required: LOGIN_REQUIRED, max: MAX_EMAIL_CHARS }),
  password: passwordText(LOGIN_REQUIRED),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** A password as it was typed: never trimmed. */
function passwordText(required: string) {
  return z.string({
    error: ({ input }) =>
      input === undefined || input === null ? required : "password must be a string",
  }).min(1, required);
}

/** Counts characters as JSON Schema does: an emoji is one. */
function hasPasswordLength(password: string): boolean {
  const { length } = [...password];
  return length >= MIN_PASSWORD_CHARS && length <= MAX_PASSWORD_CHARS;
}
