import { newId } from "@evently/shared/ids";
import type { UserDeps } from "./deps.ts";
import { findCredentials, insertUser } from "./accounts/users_sql.ts";

/** WARNING: public; seed development databases only. */
const SEED_PASSWORD = "11111111";

/** Users of the demo, and those of the old system's scripts. */
const SEED_USERS = [
  { email: "user1@example.com", name: "Asha Rao", phoneNumber: "+91 98200 10001" },
  { email: "user2@example.com", name: "Kabir Mehta", phoneNumber: "+91 98200 10002" },
  { email: "atlanuser1@mail.com", name: "Atlan User One" },
  { email: "atlanuser2@mail.com", name: "Atlan User Two" },
];

/** The users of the demo, new or not. */
export interface SeededUsers {
  added: number;
  /** Their ids, by the e-mail that seeding gives them. */
  userIds: ReadonlyMap<string, string>;
}

/** Inserts the demo's users; existing ones stay as they are. */
export async function seedUsers(
  { sql, clock, passwords }: Pick<UserDeps, "sql" | "clock" | "passwords">,
): Promise<SeededUsers> {
  let added = 0;
  const userIds = new Map<string, string>();
  for (const user of SEED_USERS) {
    const found = await findCredentials(sql, user.email);
    if (found) {
      userIds.set(user.email, found.user.userId);
      continue;
    }
    const passwordHash = await passwords.hash(SEED_PASSWORD);
    const userId = newId();
    const inserted = await insertUser(sql, {
      ...user,
      userId,
      createdAt: clock.now(),
      passwordHash,
    });
    if (!inserted) continue;
    userIds.set(user.email, userId);
    added++;
  }
  return { added, userIds };
}
