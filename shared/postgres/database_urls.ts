import postgres from "postgres";
import { withCaCertificate } from "./connection_url.ts";
import { openPostgres } from "./pool.ts";

/** The databases of the platform, one for each service with a store. */
export const DATABASES = ["users_db", "events_db", "bookings_db"] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** The variable of each database; `DATABASE_URL` replaces those that are not set. */
export const DATABASE_VARIABLES: Readonly<Record<DatabaseName, string>> = {
  users_db: "USER_SERVICE_DB_URL",
  events_db: "EVENT_SERVICE_DB_URL",
  bookings_db: "BOOKING_SERVICE_DB_URL",
};

const SERVER_VARIABLE = "DATABASE_URL";
/** The certificate authorities of all database servers. */
export const CA_VARIABLE = "DATABASE_CA_CERT";
const INSUFFICIENT_PRIVILEGE = "42501";
/** Errors of concurrent creations of one database: 42P04, or the catalogue's own unique key. */
const ALREADY_THERE = new Set(["42P04", "23505"]);

/**
 * Where a database is, by the environment: its own variable, or the database of its name on the server
 * of `DATABASE_URL`. `undefined` when neither is set.
 */
export function databaseUrl(
  env: Readonly<Record<string, string | undefined>>,
  name: DatabaseName,
): string | undefined {
  const own = env[DATABASE_VARIABLES[name]];
  const server = env[SERVER_VARIABLE];
  const url = own || (server && onServer(server, name));
  return url && withCa(url, env);
}

/** @throws {Error} the variable does not hold a certificate */
function withCa(url: string, env: Readonly<Record<string, string | undefined>>): string {
  try {
    return withCaCertificate(url, env[CA_VARIABLE]);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`${CA_VARIABLE} ${error.message}`);
  }
}

/**
 * Makes the database of this name on the server of `DATABASE_URL` if the environment leaves it to that
 * server and it is missing. Databases with a variable of their own are taken as they are.
 *
 * @returns the database's connection string
 * @throws {Error} no variable names it, or the server's account may not create databases
 */
export async function provideDatabase(
  env: Readonly<Record<string, string | undefined>>,
  name: DatabaseName,
): Promise<string> {
  const url = databaseUrl(env, name);
  if (!url) {
    throw new Error(
      `Cannot find ${name} as ${
        DATABASE_VARIABLES[name]
      } or ${SERVER_VARIABLE} must be set: neither is`,
    );
  }
  const server = env[SERVER_VARIABLE];
  if (server && !env[DATABASE_VARIABLES[name]]) await ensureDatabase(withCa(server, env), name);
  return url;
}

/**
 * Creates the database `name` on the server that `serverUrl` leads to (to any database of it), unless it
 * is there.
 *
 * @throws {Error} the account may not create databases
 */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const server = openPostgres(serverUrl, { max: 1, name: "evently-setup" });
  try {
    const found = await server`SELECT FROM pg_database WHERE datname = ${name}`;
    if (found.length === 0) await server`CREATE DATABASE ${server(name)}`;
  } catch (error) {
    const code = error instanceof postgres.PostgresError ? error.code : "";
    if (ALREADY_THERE.has(code)) return;
    if (code !== INSUFFICIENT_PRIVILEGE) throw error;
    const { host } = new URL(serverUrl);
    throw new Error(
      `Cannot create ${name} on ${host} as its account may not create databases: create ` +
        `${DATABASES.join(", ")} there, or set ${Object.values(DATABASE_VARIABLES).join(", ")}`,
      { cause: error },
    );
  } finally {
    await server.end();
  }
}

/** The same server and account, another database. */
export function onServer(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
