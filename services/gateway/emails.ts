/**
 * `deno task emails`: gives every account of users and organisers its e-mail key, and lists those that log in by
 * their exact text because an older account holds their address. For imported data; services do the same hourly.
 */
import { withSecretFiles } from "@evently/shared/config";
import {
  type AccountTable,
  ADMIN_ACCOUNTS,
  fillEmailKeys,
  listEmailCollisions,
  USER_ACCOUNTS,
} from "@evently/shared/auth";
import {
  type DatabaseName,
  openPostgres,
  type Pool,
  provideDatabase,
} from "@evently/shared/postgres";
import { runCommand, say } from "@evently/shared/output";

const KINDS: readonly [DatabaseName, AccountTable][] = [
  ["users_db", USER_ACCOUNTS],
  ["events_db", ADMIN_ACCOUNTS],
];

/**
 * Fills the keys of one kind of accounts, then lists what collides.
 *
 * @param say writes a line
 * @returns how many accounts collide
 */
export async function fillAndList(
  sql: Pool,
  accounts: AccountTable,
  say: (line: string) => void,
): Promise<number> {
  while (await fillEmailKeys(sql, accounts));
  let collisions = 0;
  for await (const { id, email, holderId, holderEmail } of listEmailCollisions(sql, accounts)) {
    collisions++;
    const [exact, held] = [email, holderEmail].map((text) => JSON.stringify(text));
    say(`${id} logs in by the exact text ${exact}, as ${holderId} holds the address by ${held}`);
  }
  say(`${accounts.name}: ${collisions} accounts whose address an older one holds`);
  return collisions;
}

async function main(): Promise<void> {
  for (const [database, accounts] of KINDS) {
    const url = await provideDatabase(withSecretFiles(Deno.env.toObject()), database);
    const sql = openPostgres(url, { max: 1, name: "evently-emails" });
    try {
      await fillAndList(sql, accounts, say);
    } finally {
      await sql.end();
    }
  }
}

if (import.meta.main) await runCommand(main);
