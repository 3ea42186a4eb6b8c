import { z } from "@hono/zod-openapi";
import { languageField, MAX_NAME_CHARS, MAX_PHONE_CHARS, passwordText } from "@evently/shared/auth";
import { idParam, optionalText, requiredText } from "@evently/shared/http";
import type { User } from "./user.ts";

/** Absent fields stay as they are. An empty phone number is cleared; a name cannot be empty. */
export const UpdateProfileRequest = z.object({
  name: optionalText("name", { max: MAX_NAME_CHARS })
    .refine((name) => name !== "", "name must not be empty")
    .openapi({ minLength: 1 }),
  phone_number: optionalText("phone_number", { max: MAX_PHONE_CHARS }),
  language: languageField(),
});

/** The password is asked for again, as an open browser is not its owner. */
export const CloseAccountRequest = z.object({
  password: passwordText("password is required"),
  give_up_tickets: z.boolean("give_up_tickets must be true or false").optional(),
}).openapi("CloseAccountRequest");

export const UserIdParams = z.object({ id: idParam("Invalid user ID format") });

export const ProfileResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  name: z.string(),
  phone_number: z.string().optional(),
  created_at: z.iso.datetime(),
  language: z.string().openapi({ description: "BCP 47; of mails" }),
  email_verified: z.boolean(),
}).openapi("Profile");

/** Maps a user to the response. */
export function toProfileResponse(
  { userId, email, name, phoneNumber, createdAt, language, isEmailVerified }: User,
): z.infer<typeof ProfileResponse> {
  return {
    user_id: userId,
    email,
    name,
    ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
    created_at: createdAt.toISOString(),
    language,
    email_verified: isEmailVerified,
  };
}

/** The most users of one look-up. */
const MAX_LOOKUP = 100;

export const UsersRequest = z.object({
  user_ids: z.array(z.guid()).min(1).max(MAX_LOOKUP),
}).openapi("UsersRequest");

const ContactBody = z.object({
  user_id: z.guid(),
  email: z.string(),
  name: z.string(),
  language: z.string().openapi({ description: "BCP 47" }),
}).openapi("Contact");

export const UsersResponse = z.object({ users: z.array(ContactBody) }).openapi("Users");

/** Maps a user to what is needed to write to them. */
export function toContact(
  { userId, email, name, language }: User,
): z.infer<typeof ContactBody> {
  return { user_id: userId, email, name, language };
}

/** The most users of one search. */
const MAX_SEARCHED = 5_000;

export const SearchUsersRequest = z.object({
  text: requiredText("text"),
  user_ids: z.array(z.guid()).max(MAX_SEARCHED),
}).openapi("SearchUsersRequest");

export const FoundUsersResponse = z.object({ user_ids: z.array(z.guid()) }).openapi("FoundUsers");
