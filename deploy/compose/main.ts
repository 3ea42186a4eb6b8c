/**
 * `deno task deploy:full`, `:status`, `:logs`, `:stop`, `:reset`, `:destroy`, `:backup`, `:restore`, `:stores`: the platform
 * in containers on this machine. See docs/deploy.md.
 */
import { fileURLToPath } from "node:url";
import { CannotRun, runCommand, say } from "@evently/shared/output";
import { assertPortFree } from "./assert_port_free.ts";
import { backUp } from "./back_up.ts";
import { type Compose, findCompose, PROJECT } from "./compose.ts";
import { restoreBackup } from "./restore_backup.ts";
import { newEnvironment, readSettings, type Settings } from "./settings.ts";
import { isReady, waitUntilReady } from "./wait_until_ready.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const ENV_FILE = `${ROOT}/.env`;
const STORES = ["postgres", "redis", "elasticsearch"];
const STORES_FILE = "deploy/stores.yml";
const READY_LIMIT_MS = 10 * 60_000;
const POLL_MS = 1_000;
const ANSWER_LIMIT_MS = 5_000;
const LOG_LINES = 200;
/** Option of `restore`: a file of deleted accounts. */
const ERASED = "--erased=";

/** What a command works with. */
interface Site {
  compose: Compose;
  settings: Settings;
  args: readonly string[];
}

const COMMANDS: Readonly<Record<string, (site: Site) => Promise<void>>> = {
  full: startAll,
  status: showStatus,
  logs: showLogs,
  stop: ({ compose }) => compose.run(["stop"]),
  reset,
  destroy,
  backup,
  restore,
  stores: startStores,
};

async function startAll({ compose, settings, args }: Site): Promise<void> {
  const startedMs = performance.now();
  await assertPortFree(settings.httpPort, await compose.containers());
  say("Building the image");
  await compose.run(["build", "migrate"]);
  await start(compose, settings);
  if (args.includes("--seed")) await compose.run(["run", "--rm", "seed"]);
  say(`Ready after ${Math.round((performance.now() - startedMs) / 1_000)} s`);
  showAddresses(settings, args.includes("--seed"));
}

/** Starts what does not run, and waits until all of it is ready. */
async function start(compose: Compose, settings: Settings): Promise<void> {
  say("Starting the containers");
  await compose.run(["up", "-d", "--no-build", "--remove-orphans"]).catch(async (error) => {
    // Compose says that something failed, not what.
    await waitUntilReady(compose, { limitMs: 0, pollMs: POLL_MS, say });
    throw error;
  });
  await waitUntilReady(compose, { limitMs: READY_LIMIT_MS, pollMs: POLL_MS, say });
  const ready = await readiness(settings);
  if (ready !== undefined) say(`The platform answers: ${ready}`);
}

function showAddresses({ publicUrl }: Settings, seeded: boolean): void {
  say(`
  Storefront     ${publicUrl}/
  Organisers     ${publicUrl}/console
  API reference  ${publicUrl}/docs

A first request:

  curl '${publicUrl}/api/event/events?limit=3'
`);
  if (seeded) {
    say(
      "Accounts user1@example.com and admin@example.com have the password 11111111: for trying only",
    );
  }
}

/** What `/health/ready` says through the front; `undefined` if nothing answers. */
async function readiness({ httpPort }: Settings): Promise<string | undefined> {
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
  try {
    const response = await fetch(`http://127.0.0.1:${httpPort}/health/ready`, { signal });
    return `${response.status} ${await response.text()}`;
  } catch {
    return undefined;
  }
}

async function showStatus({ compose, settings }: Site): Promise<void> {
  const containers = await compose.containers();
  if (containers.length === 0) say("There are no containers. Start them: deno task deploy:full");
  const width = Math.max(0, ...containers.map(({ name }) => name.length));
  for (const container of containers) {
    say(
      `${isReady(container) ? "ok " : "NOT"} ${container.name.padEnd(width)}  ${container.status}`,
    );
  }
  say(`Readiness: ${await readiness(settings) ?? "nothing answers"}`);
  if (containers.some((container) => !isReady(container))) throw new CannotRun("Not all is ready");
}

async function showLogs({ compose, args }: Site): Promise<void> {
  await compose.run(["logs", `--tail=${LOG_LINES}`, ...args]);
}

async function startStores({ compose }: Site): Promise<void> {
  await compose.run(["up", "-d", "--no-build", ...STORES]);
  await waitUntilReady(compose, { limitMs: READY_LIMIT_MS, pollMs: POLL_MS, say });
  say(`
  DATABASE_URL=postgres://evently:(POSTGRES_PASSWORD of .env)@127.0.0.1:5432/evently
  REDIS_URL=redis://127.0.0.1:6379
  ELASTICSEARCH_URL=http://127.0.0.1:9200
`);
}

async function reset({ compose, settings, args }: Site): Promise<void> {
  assertAgreed("This deletes all bookings, events and accounts, and starts empty.", args);
  await compose.run(["down", "--volumes", "--remove-orphans"]);
  await start(compose, settings);
  if (args.includes("--seed")) await compose.run(["run", "--rm", "seed"]);
}

async function destroy({ compose, args }: Site): Promise<void> {
  assertAgreed(
    "This deletes all bookings, events and accounts, the containers and the image.",
    args,
  );
  await compose.run(["down", "--volumes", "--remove-orphans"]);
  await compose.removeImage(`${PROJECT}:local`);
}

async function backup({ compose, args }: Site): Promise<void> {
  const [path = newName("backup.tar.gz")] = wordsOf(args);
  const bytes = await backUp(compose, path);
  say(`${path}: ${(bytes / 1_000_000).toFixed(1)} MB. It holds personal data: keep it encrypted`);
}

async function restore({ compose, settings, args }: Site): Promise<void> {
  const [path] = wordsOf(args);
  if (!path) throw new CannotRun("Usage: deno task deploy:restore FILE [--erased=FILE] [--yes]");
  assertAgreed(`This replaces all bookings, events and accounts by those of ${path}.`, args);
  const givenPath = args.find((arg) => arg.startsWith(ERASED))?.slice(ERASED.length);
  await restoreBackup(compose, path, { erasedPath: newName("erased.csv"), givenPath, say });
  await start(compose, settings);
  await compose.run(["run", "--rm", "audit"]);
}

/** Name of a new file of this moment, in the current directory. */
function newName(ending: string): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return `${PROJECT}-${now}.${ending}`;
}

/** Arguments that are not options. */
function wordsOf(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith("--"));
}

/** @throws {CannotRun} the person does not agree, or there is nobody to ask */
function assertAgreed(consequence: string, args: readonly string[]): void {
  if (args.includes("--yes")) return;
  if (!Deno.stdin.isTerminal()) {
    throw new CannotRun(`${consequence} Say --yes, as there is nobody to ask`);
  }
  if (!confirm(`${consequence} Go on?`)) throw new CannotRun("Nothing was changed");
}

async function main(): Promise<void> {
  const [word = "", ...args] = Deno.args;
  const command = COMMANDS[word];
  if (!command) throw new CannotRun(`Usage: deno task deploy:[${Object.keys(COMMANDS).join("|")}]`);
  if (args.includes("--new-env") && await readEnvFile() === undefined) {
    const example = await Deno.readTextFile(`${ROOT}/deploy/env.example`);
    await Deno.writeTextFile(ENV_FILE, newEnvironment(example), { mode: 0o600, createNew: true });
    say("Wrote .env with new secrets");
  }
  const settings = readSettings(await readEnvFile(), Deno.env.toObject());
  const files = word === "stores" ? [...settings.files, STORES_FILE] : settings.files;
  await using compose = await findCompose({ root: ROOT, files });
  await command({ compose, settings, args });
}

async function readEnvFile(): Promise<string | undefined> {
  return await Deno.readTextFile(ENV_FILE).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
}

if (import.meta.main) await runCommand(main);
