import type { Sql } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";
import { listNames } from "./users_sql.ts";

/** Returns those of the users whose name or e-mail contains a text, regardless of case and accents. */
export async function searchUsers(
  { sql }: { sql: Sql },
  { text, userIds }: { text: string; userIds: readonly string[] },
): Promise<string[]> {
  const folded = fold(text);
  const users = await listNames(sql, userIds);
  return users
    .filter(({ name, email }) => fold(name).includes(folded) || fold(email).includes(folded))
    .map(({ userId }) => userId);
}
