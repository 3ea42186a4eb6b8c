import { exactlyOne, type Tx } from "../../postgres/mod.ts";
import type { AccountTable } from "./account_table.ts";

/** Resolves a collision between an account and the holder of its key: the older account keeps the address. */
export async function claimEmailKey(
  tx: Tx,
  { name, id: idColumn }: AccountTable,
  { id, key }: { id: string; key: string },
): Promise<void> {
  const table = tx(name);
  const column = tx(idColumn);
  const holder = await exactlyOne(
    tx<{ id: string; older: boolean }[]>`
      SELECT holder.${column} AS id,
             (holder.created_at, holder.${column}) < (claimant.created_at, claimant.${column}) AS older
        FROM ${table} AS holder, ${table} AS claimant
       WHERE holder.email_key = ${key} AND claimant.${column} = ${id}
         FOR UPDATE`,
    (row) => row,
  );
  if (holder.older) {
    await tx`UPDATE ${table} SET email_held_by = ${holder.id} WHERE ${column} = ${id}`;
    return;
  }
  await tx`
    UPDATE ${table} SET email_key = NULL, email_held_by = ${id}
     WHERE ${column} = ${holder.id} OR email_held_by = ${holder.id}`;
  await tx`UPDATE ${table} SET email_key = ${key} WHERE ${column} = ${id}`;
}
