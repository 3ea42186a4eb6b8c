import { newId } from "@evently/shared/ids";
import type { UserDeps } from "./deps.ts";
import { emailExists, insertUser } from "./accounts/users_sql.ts";

/** WARNING: known to everybody who reads this; seeding is for development alone. */
const SEED_PASSWORD = "11111111";

/** The users of the demo, and those that scripts of the old system log in as. */
const SEED_USERS = [
  { email: "user1@example.com", name: "Asha Rao", phone_number: "+91 98200 10001" },
  { email: "user2@example.com", name: "Kabir Mehta", phone_number: "+91 98200 10002" },
  { email: "atlanuser1@mail.com", name: "Atlan User One" },
  { email: "atlanuser2@mail.com", name: "Atlan User Two" },
];

/**
 * Adds the demo's users; those who are there already stay as they are.
 *
 * @returns how many were added
 */
export async function seedUsers(
  { sql, clock, passwords }: Pick<UserDeps, "sql" | "clock" | "passwords">,
): Promise<number> {
  let added = 0;
  for (const user of SEED_USERS) {
    if (await emailExists(sql, user.email)) continue;
    const passwordHash = await passwords.hash(SEED_PASSWORD);
    const createdAt = clock.now();
    if (
      await insertUser(sql, {
        ...user,
        user_id: newId(),
        created_at: createdAt,
        password_hash: passwordHash,
      })
    ) added++;
  }
  return added;
}
