import { newId } from "@evently/shared/ids";
import type { UserDeps } from "./deps.ts";
import { emailExists, insertUser } from "./accounts/users_sql.ts";

/** WARNING: public; seed development databases only. */
const SEED_PASSWORD = "11111111";

/** Users of the demo, and those of the old system's scripts. */
const SEED_USERS = [
  { email: "user1@example.com", name: "Asha Rao", phoneNumber: "+91 98200 10001" },
  { email: "user2@example.com", name: "Kabir Mehta", phoneNumber: "+91 98200 10002" },
  { email: "atlanuser1@mail.com", name: "Atlan User One" },
  { email: "atlanuser2@mail.com", name: "Atlan User Two" },
];

/**
 * Inserts the demo's users; existing ones stay as they are.
 *
 * @returns the number of inserted users
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
        userId: newId(),
        createdAt,
        passwordHash,
      })
    ) added++;
  }
  return added;
}
