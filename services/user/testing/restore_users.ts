import { many, type Sql } from "@evently/shared/postgres";

/**
 * Adds users as a restored backup brings them back: they are there, and were deleted before. Returns their ids in the order
 * in which they are deleted again.
 */
export function restoreUsers(sql: Sql, total: number): Promise<string[]> {
  return many(
    sql<{ id: string }[]>`
      WITH restored AS (
        INSERT INTO users (user_id, email, password_hash, name, created_at, updated_at)
        SELECT id, id || '@example.com', '-', 'A User', now(), now()
          FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, ${total})) AS new
        RETURNING user_id
      ), erased AS (
        INSERT INTO erased_accounts SELECT user_id, now() FROM restored
      )
      SELECT user_id AS id FROM restored ORDER BY 1`,
    ({ id }) => id,
  );
}
