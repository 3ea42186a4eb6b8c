import type { Sql } from "../../postgres/mod.ts";
import { emailKey } from "../email.ts";

/**
 * SQL after `WHERE` that finds the account of an e-mail. An account whose address an older one holds is found by its
 * exact text only, one without a key by its text in any case.
 */
export function matchEmail(sql: Sql, email: string) {
  return sql`
    (email_key = ${emailKey(email)}
     OR email_key IS NULL AND lower(email) = lower(${email})
        AND (email_held_by IS NULL OR email = ${email}))
    ORDER BY email = ${email} DESC, email_key IS NULL, created_at
    LIMIT 1`;
}
