import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Env, EnvReader, redisSection } from "@evently/shared/config";
import { say } from "@evently/shared/output";
import { DATABASES, databaseUrl } from "@evently/shared/postgres";

/** Where `deno task dev` keeps its data from run to run: in the checkout, unless the environment names another folder. */
export function devDirectory(env: Env): string {
  return env.EVENTLY_DEV_DIRECTORY ||
    fileURLToPath(new URL("../../../.evently/dev/", import.meta.url));
}

/** The stores of a run, and what its server must know to find them. */
export interface DevStores extends AsyncDisposable {
  variables: Record<string, string>;
}

/** Starts PostgreSQL, unless the environment names every database. */
export async function provideStores(env: Env): Promise<DevStores> {
  const redis = redisSection(new EnvReader({ ...env, ENVIRONMENT: "development" })).kind;
  say(`Redis: ${redis === "memory" ? "in the process" : "from the environment"}`);
  if (DATABASES.every((name) => databaseUrl(env, name) !== undefined)) {
    say("PostgreSQL: from the environment");
    return { variables: {}, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  say("PostgreSQL: starting our own (the first time takes some seconds) …");
  // Only here, so that nothing else installs or loads it.
  const { startPostgres } = await import("@evently/embedded/postgres");
  const server = await startPostgres({ directory: join(devDirectory(env), "postgres") });
  const place = relative(Deno.cwd(), devDirectory(env)) || ".";
  say(
    `PostgreSQL: on port ${server.port}, kept in ${place} until \`deno task reset\`` +
      (server.adopted ? "; left running by a run that was killed, taken over" : ""),
  );
  return {
    variables: { DATABASE_URL: server.url() },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
