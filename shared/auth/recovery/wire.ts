import { z } from "@hono/zod-openapi";
import { opaqueText, requiredText } from "../../http/text_schemas.ts";
import { newPassword } from "../account_schemas.ts";
import { isEmail, MAX_EMAIL_OCTETS } from "../email.ts";

const RESET_REQUIRED = "token and password are required";
const MAX_TOKEN_CHARS = 128;

export const ForgotPasswordRequest = z.object({
  email: requiredText("email", { max: MAX_EMAIL_OCTETS }).refine(isEmail, "Invalid email format")
    .openapi({ format: "email" }),
});

export const ResetPasswordRequest = z.object({
  token: opaqueText("token", { required: RESET_REQUIRED, max: MAX_TOKEN_CHARS }),
  password: newPassword(RESET_REQUIRED),
});

export const VerifyEmailRequest = z.object({
  token: opaqueText("token", { max: MAX_TOKEN_CHARS }),
});

export const RecoveryMessage = z.object({ message: z.string() });

export const ResetMailAsked = RecoveryMessage.extend({
  link_expires_in: z.int().openapi({ description: "Seconds that the link of the mail works" }),
});
