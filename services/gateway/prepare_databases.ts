import { PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import type { Env } from "@evently/shared/config";
import {
  type DatabaseName,
  DATABASES,
  openPostgres,
  type Pool,
  provideDatabase,
  setTimeLimits,
  type TimeLimitLog,
} from "@evently/shared/postgres";
import { seedSales } from "@evently/booking";
import { seedEvents, type SellOut } from "@evently/event";
import { seedUsers } from "@evently/user";
import { migratorOf } from "../../migrations/mod.ts";

/**
 * Brings the databases that the environment names up to date; creates those that it leaves to a server.
 *
 * @returns how many migrations were applied
 */
export async function migrateDatabases(env: Env, log: TimeLimitLog): Promise<number> {
  let applied = 0;
  for (const name of DATABASES) {
    await withDatabase(env, name, async (sql) => {
      applied += (await migratorOf(name, sql, log).up()).length;
      await setTimeLimits(sql, log);
    });
  }
  return applied;
}

/** How many rows seeding has added. */
export interface Seeded {
  users: number;
  events: number;
  bookings: number;
}

/** Who has bought the demo's sold-out event, in bookings of so many tickets. */
const BUYERS = ["user1@example.com", "atlanuser1@mail.com"];
const BOOKINGS_EACH = [4, 4, 4, 4, 4];
/** Who is in line for it, for how many tickets. */
const IN_LINE = [["user2@example.com", 2], ["atlanuser2@mail.com", 3]] as const;

/**
 * Adds the demo's accounts, venues and events to the databases that the environment names; what is there
 * already stays, and events whose day has passed get a new one.
 */
export async function seedDatabases(env: Env, clock: Clock): Promise<Seeded> {
  const passwords = new PasswordHasher();
  const seeded: Seeded = { users: 0, events: 0, bookings: 0 };
  let userIds: ReadonlyMap<string, string> = new Map();
  await withDatabase(env, "users_db", async (sql) => {
    const { added, userIds: ids } = await seedUsers({ sql, clock, passwords });
    seeded.users = added;
    userIds = ids;
  });
  const ordersOf = (email: string, quantities: readonly number[]) => {
    const userId = userIds.get(email);
    return userId === undefined ? [] : quantities.map((quantity) => ({ userId, quantity }));
  };
  const sales = {
    sold: BUYERS.flatMap((email) => ordersOf(email, BOOKINGS_EACH)),
    waiting: IN_LINE.flatMap(([email, quantity]) => ordersOf(email, [quantity])),
  };
  await withDatabase(env, "bookings_db", async (bookingsSql) => {
    const sellOut: SellOut = async ({ eventId, seats }) => {
      const deps = { sql: bookingsSql, clock, seats };
      seeded.bookings += await seedSales(deps, { ...sales, eventId });
    };
    await withDatabase(env, "events_db", async (sql) => {
      seeded.events = await seedEvents({ sql, clock, passwords }, sellOut);
    });
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
