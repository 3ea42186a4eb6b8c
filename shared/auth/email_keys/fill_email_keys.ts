import { isUniqueViolation, many, type Pool, transaction, type Tx } from "../../postgres/mod.ts";
import { emailKey } from "../email.ts";
import type { AccountTable } from "./account_table.ts";
import { claimEmailKey } from "./claim_email_key.ts";

/** Accounts per transaction. */
const BATCH = 500;
/** Interval at which accounts without a key are looked for; only imported data has them. */
export const EMAIL_KEYS_INTERVAL_MS = 3_600_000;

interface Keyed {
  id: string;
  key: string;
}

/**
 * Sets the e-mail key of a batch of accounts, oldest first. Of accounts with equal keys the oldest gets it; the others
 * refer to its holder.
 *
 * @returns whether there may be more
 */
export async function fillEmailKeys(sql: Pool, accounts: AccountTable): Promise<boolean> {
  try {
    return await transaction(sql, (tx) => fillBatch(tx, accounts));
  } catch (error) {
    // A registration took one of the keys meanwhile; the next pass finds it.
    if (isUniqueViolation(error)) return true;
    throw error;
  }
}

async function fillBatch(tx: Tx, accounts: AccountTable): Promise<boolean> {
  // Only one at a time, as the command and every process may run it.
  await tx`SELECT pg_advisory_xact_lock(hashtext(${`email keys of ${accounts.name}`}))`;
  const pending = await findPending(tx, accounts);
  const free = await keepFree(tx, accounts, pending);
  await tx`
    UPDATE ${tx(accounts.name)} AS account
       SET email_key = given.key
      FROM unnest(${free.map(({ id }) => id)}::uuid[], ${free.map(({ key }) => key)}::text[])
             AS given (id, key)
     WHERE account.${tx(accounts.id)} = given.id`;
  const isFree = new Set(free);
  for (const account of pending) {
    if (!isFree.has(account)) await claimEmailKey(tx, accounts, account);
  }
  return pending.length === BATCH;
}

function findPending(tx: Tx, accounts: AccountTable): Promise<Keyed[]> {
  return many(
    tx<{ id: string; email: string }[]>`
      SELECT ${tx(accounts.id)} AS id, email FROM ${tx(accounts.name)}
       WHERE email_key IS NULL AND email_held_by IS NULL
       ORDER BY created_at, ${tx(accounts.id)}
       LIMIT ${BATCH}
         FOR UPDATE`,
    ({ id, email }) => ({ id, key: emailKey(email) }),
  );
}

/** Returns the accounts, in order of age, whose key is not taken; usually all. */
async function keepFree(tx: Tx, accounts: AccountTable, pending: Keyed[]): Promise<Keyed[]> {
  const held = await many(
    tx<{ email_key: string }[]>`
      SELECT email_key FROM ${tx(accounts.name)}
       WHERE email_key = ANY(${pending.map(({ key }) => key)})`,
    ({ email_key }) => email_key,
  );
  const taken = new Set(held);
  return pending.filter(({ key }) => {
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  });
}
