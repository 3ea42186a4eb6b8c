/**
 * `deno task dev`: the whole platform on this machine, with nothing to install and nothing to set.
 *
 * This process owns the stores and watches the sources; the platform itself runs in a child that each change
 * replaces. `deno run --watch` would not do: it takes an exit after Ctrl-C for one to wait behind, and
 * stays.
 */
import { loadConfig, serverSection } from "@evently/shared/config";
import { CannotRun, runProgram, say } from "@evently/shared/output";
import { lockDevData } from "./dev/lock.ts";
import { endWithParent } from "./dev/orphan.ts";
import { startServerProcess } from "./dev/server_process.ts";
import { nextChange } from "./dev/sources.ts";
import { devDirectory, provideStores } from "./dev/stores.ts";
import { startWebBuild } from "./dev/web_build.ts";

async function main(): Promise<number> {
  const env = { ...Deno.env.toObject() };
  refuseWrongSettings(env);
  using lock = await lockDevData(devDirectory(env));
  if (!lock) {
    throw new CannotRun("Another `deno task dev` of this checkout is running: end it first.");
  }
  const stopped = stopOnSignal();
  endWithParent();
  await using _webBuild = startWebBuild();
  await using stores = await provideStores(env);
  // React renders several times faster without its checks for development.
  const variables = { ...stores.variables, ENVIRONMENT: "development", NODE_ENV: "production" };
  return await superviseServer(variables, stopped);
}

/** @throws {CannotRun} it cannot run; found before anything is started */
function refuseWrongSettings(env: Record<string, string>): void {
  if (env.ENVIRONMENT && env.ENVIRONMENT !== "development") {
    throw new CannotRun(
      `Cannot run \`deno task dev\` as it is for development: ENVIRONMENT is ${env.ENVIRONMENT}`,
    );
  }
  const { server } = loadConfig({ ...env, ENVIRONMENT: "development" }, {
    server: serverSection("gateway"),
  });
  if (isFree(server)) return;
  const variable = env.PORT ? "PORT" : "GATEWAY_PORT";
  throw new CannotRun(
    `Port ${server.port} is taken. Choose another: ${variable}=${server.port + 1} deno task dev`,
  );
}

function isFree({ host, port }: { host: string; port: number }): boolean {
  try {
    Deno.listen({ hostname: host, port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

function stopOnSignal(): AbortSignal {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stopped.abort());
  }
  return stopped.signal;
}

/** Runs the server until a signal, each change in a new process. @returns the exit code of the whole */
async function superviseServer(
  variables: Record<string, string>,
  stopped: AbortSignal,
): Promise<number> {
  let change = nextChange(stopped);
  for (let started = 0; !stopped.aborted; started++) {
    const server = startServerProcess(variables);
    const code = await Promise.race([server.ended, change.then(() => undefined)]);
    if (code !== undefined && !stopped.aborted) {
      // What fails at first is the environment; what fails later is the source that was just changed.
      if (started === 0) return code;
      say(`The server has ended (exit code ${code}); waiting for a change of the sources`);
    }
    const path = await change;
    // Watched from here on, so that no change is missed while the old server ends.
    change = nextChange(stopped);
    await server.stop();
    if (path !== undefined) say(`Changed: ${path}; starting anew`);
  }
  return 0;
}

if (import.meta.main) await runProgram(main);
