import { z } from "@hono/zod-openapi";
import { MAX_NAME_CHARS, MAX_PHONE_CHARS } from "@evently/shared/auth";
import { idParam, optionalText } from "@evently/shared/http";
import type { User } from "./user.ts";

/** Absent fields stay as they are. An empty phone number is cleared; a name cannot be empty. */
export const UpdateProfileRequest = z.object({
  name: optionalText("name", { max: MAX_NAME_CHARS })
    .refine((name) => name !== "", "name must not be empty")
    .openapi({ minLength: 1 }),
  phone_number: optionalText("phone_number", { max: MAX_PHONE_CHARS }),
});

export const UserIdParams = z.object({ id: idParam("Invalid user ID format") });

export const ProfileResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  name: z.string(),
  phone_number: z.string().optional(),
  created_at: z.iso.datetime(),
}).openapi("Profile");

/** Maps a user to the response. */
export function toProfileResponse(
  { userId, email, name, phoneNumber, createdAt }: User,
): z.infer<typeof ProfileResponse> {
  return {
    user_id: userId,
    email,
    name,
    ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
    created_at: createdAt.toISOString(),
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
  language: z.string().optional().openapi({ description: "BCP 47; absent if none was chosen" }),
}).openapi("Contact");

export const UsersResponse = z.object({ users: z.array(ContactBody) }).openapi("Users");

/** Maps a user to what is needed to write to them. */
export function toContact({ userId, email, name }: User): z.infer<typeof ContactBody> {
  return { user_id: userId, email, name };
}
