import { z } from "@hono/zod-openapi";
import { illFormed, opaqueText, optionalText, requiredText } from "../http/text_schemas.ts";
import { LANGUAGES } from "../languages.ts";
import { isEmail, MAX_EMAIL_OCTETS } from "./email.ts";
import { hasPasswordLength, MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS } from "./password_text.ts";

export const MAX_NAME_CHARS = 200;
export const MAX_PHONE_CHARS = 32;

const REGISTER_REQUIRED = "Email, password, and name are required";
const LOGIN_REQUIRED = "Email and password are required";

/** Request to create an account of any kind. */
export const RegisterRequest = z.object({
  email: requiredText("email", { required: REGISTER_REQUIRED, max: MAX_EMAIL_OCTETS })
    .refine(isEmail, "Invalid email format")
    .openapi({ format: "email", description: "International domains and names are welcome" }),
  password: newPassword(REGISTER_REQUIRED),
  name: requiredText("name", { required: REGISTER_REQUIRED, max: MAX_NAME_CHARS }),
  phone_number: optionalText("phone_number", { max: MAX_PHONE_CHARS }),
  language: languageField(),
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

/** Request to log in. The forms are not validated: a value that no account can have is wrong like any other. */
export const LoginRequest = z.object({
  /** As typed, since an account whose address an older one holds is found by its exact text. */
  email: opaqueText("email", { required: LOGIN_REQUIRED, max: MAX_EMAIL_OCTETS }),
  password: passwordText(LOGIN_REQUIRED),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** A password to set. */
export function newPassword(required: string) {
  return passwordText(required)
    .refine(hasPasswordLength, {
      error: `password must have ${MIN_PASSWORD_CHARS} to ${MAX_PASSWORD_CHARS} characters`,
    })
    .openapi({ minLength: MIN_PASSWORD_CHARS, maxLength: MAX_PASSWORD_CHARS });
}

/** The language of an account's mails; may be left out. */
export function languageField() {
  return z.enum(LANGUAGES, `language must be one of ${LANGUAGES.join(", ")}`)
    .optional().openapi({ description: "BCP 47; of mails and messages" });
}

/** A password as typed, never trimmed. */
export function passwordText(required: string) {
  return z.string({
    error: ({ input }) =>
      input === undefined || input === null ? required : "password must be a string",
  }).min(1, required)
    .refine((text) => text.isWellFormed(), illFormed("password"));
}
