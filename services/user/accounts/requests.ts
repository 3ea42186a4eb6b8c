import { z } from "@hono/zod-openapi";
import { MAX_NAME_CHARS, MAX_PHONE_CHARS } from "@evently/shared/auth";
import { idParam, opaqueText, optionalText } from "@evently/shared/http";

const MAX_TOKEN_CHARS = 4_096;

export const LogoutRequest = z.object({
  refresh_token: opaqueText("refresh_token", { required: "Refresh token is required" }),
});

/** What is left out stays as it is; an empty phone number is cleared, a name cannot be. */
export const UpdateProfileRequest = z.object({
  name: optionalText("name", { max: MAX_NAME_CHARS })
    .refine((name) => name !== "", "name must not be empty")
    .openapi({ minLength: 1 }),
  phone_number: optionalText("phone_number", { max: MAX_PHONE_CHARS }),
});

export const VerifyTokenRequest = z.object({
  token: opaqueText("token", { required: "Token is required", max: MAX_TOKEN_CHARS }),
});

export const UserIdParams = z.object({ id: idParam("Invalid user ID format") });
