import { many, type Pool } from "../../postgres/mod.ts";
import type { AccountTable } from "./account_table.ts";

/** An account whose address an older one holds; it logs in by its exact text. */
export interface EmailCollision {
  id: string;
  email: string;
  holderId: string;
  holderEmail: string;
}

const PAGE = 1_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Lists all such accounts, page by page. */
export async function* listEmailCollisions(
  sql: Pool,
  { name, id }: AccountTable,
): AsyncGenerator<EmailCollision> {
  let after = FIRST_ID;
  let page: EmailCollision[];
  do {
    page = await many(
      sql<EmailCollision[]>`
        SELECT account.${sql(id)} AS id, account.email,
               holder.${sql(id)} AS "holderId", holder.email AS "holderEmail"
          FROM ${sql(name)} AS account
          JOIN ${sql(name)} AS holder ON holder.${sql(id)} = account.email_held_by
         WHERE account.email_held_by IS NOT NULL AND account.${sql(id)} > ${after}
         ORDER BY account.${sql(id)}
         LIMIT ${PAGE}`,
      (row) => row,
    );
    yield* page;
    after = page.at(-1)?.id ?? after;
  } while (page.length === PAGE);
}
