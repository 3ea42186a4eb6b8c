/** The process that `deno task dev` starts anew with each change: migrates, seeds, serves. */
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { serveUntilSignal } from "@evently/shared/http";
import type { Logger } from "@evently/shared/log";
import { CannotRun, openProgramLog, runProgram, say } from "@evently/shared/output";
import { HistoryError } from "@evently/shared/postgres";
import { curlOf } from "../pages/examples.ts";
import { openPlatform, readPlatformConfig } from "../platform.ts";
import { migrateDatabases, seedDatabases } from "../prepare_databases.ts";
import { SEED_ACCOUNTS } from "../seed_accounts.ts";
import { toHumanLines } from "./human_log.ts";
import { endWithParent } from "./orphan.ts";

async function prepare(env: Record<string, string>, log: Logger): Promise<void> {
  const migrated = await migrateDatabases(env, log).catch(refuseOtherHistory);
  const { users, events, bookings } = await seedDatabases(env, SYSTEM_CLOCK);
  say(
    `Databases: ${migrated} migrations applied, ${users} users, ${events} events and ${bookings} ` +
      "bookings added",
  );
}

/** @throws {CannotRun} the databases were made by an earlier version; the text says what to do */
function refuseOtherHistory(error: unknown): never {
  if (!(error instanceof HistoryError)) throw error;
  throw new CannotRun(
    "The databases were made by another version of Evently. `deno task reset` deletes those that " +
      "`deno task dev` keeps, and the next start makes new ones; databases of your own server you " +
      `drop yourself. (${error.message})`,
  );
}

function sayWhereToGo(port: number): void {
  const origin = `http://localhost:${port}`;
  say();
  say(`Evently is at ${origin} (API reference: ${origin}/docs)`);
  for (const { kind, email, password } of SEED_ACCOUNTS) {
    say(`  ${kind.padEnd(5)}  ${email}  password ${password}`);
  }
  const example = { method: "GET", path: "/api/search/search?q=diwali", does: "" } as const;
  say(`Try: ${curlOf(example, origin)}`);
  say("Ctrl-C ends everything. A change of the sources starts it anew.");
  say();
}

async function main(): Promise<number> {
  endWithParent();
  const env = Deno.env.toObject();
  const config = readPlatformConfig(env);
  const log = openProgramLog({
    level: config.server.logLevel,
    write: (lines) => say(toHumanLines(lines).trimEnd()),
  });
  await prepare(env, log);
  const platform = await openPlatform(config, { log, clock: SYSTEM_CLOCK, reloadsPages: true });
  platform.workers.forEach((worker) => worker.start());
  return await serveUntilSignal(platform.app, {
    name: "gateway",
    hostname: config.server.host,
    port: config.server.port,
    trustedProxies: config.server.trustedProxies,
    log,
    onListen: sayWhereToGo,
    stopGraceMs: config.server.stopGraceMs,
    endStreams: () => platform.endStreams(),
    finish: (limitMs) => platform.finish(limitMs),
    close: () => platform.close(),
  });
}

if (import.meta.main) await runProgram(main);
