import { PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import type { Env } from "@evently/shared/config";
import {
  type DatabaseName,
  DATABASES,
  type MigrationLog,
  openPostgres,
  type Pool,
  provideDatabase,
} from "@evently/shared/postgres";
import { seedEvents } from "@evently/event";
import { seedUsers } from "@evently/user";
import { migratorOf } from "../../migrations/mod.ts";

/**
 * Brings the databases that the environment names up to date; creates those that it leaves to a server.
 *
 * @returns how many migrations were applied
 */
export async function migrateDatabases(env: Env, log: MigrationLog): Promise<number> {
  let applied = 0;
  for (const name of DATABASES) {
    await withDatabase(env, name, async (sql) => {
      applied += (await migratorOf(name, sql, log).up()).length;
    });
  }
  return applied;
}

/** How many rows seeding has added. */
export interface Seeded {
  users: number;
  events: number;
}

/**
 * Adds the demo's accounts, venues and events to the databases that the environment names; what is there
 * already stays, and events whose day has passed get a new one.
 */
export async function seedDatabases(env: Env, clock: Clock): Promise<Seeded> {
  const passwords = new PasswordHasher();
  const seeded: Seeded = { users: 0, events: 0 };
  await withDatabase(env, "users_db", async (sql) => {
    seeded.users = await seedUsers({ sql, clock, passwords });
  });
  await withDatabase(env, "events_db", async (sql) => {
    seeded.events = await seedEvents({ sql, clock, passwords });
  });
  return seeded;
}

async function withDatabase(
  env: Env,
  name: DatabaseName,
  work: (sql: Pool) => Promise<void>,
): Promise<void> {
  const sql = openPostgres(await provideDatabase(env, name), { max: 1, name: "evently-setup" });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
