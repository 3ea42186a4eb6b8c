import { freePort } from "@evently/shared/testing";
import config from "../../deno.json" with { type: "json" };

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
/** Production's V8 flags. */
const V8_FLAGS = config.tasks.program.command.split(" ").filter((flag) =>
  flag.startsWith("--v8-flags=")
);

/** A program under load; stopped by a signal at the end of its scope. */
export interface BenchServer extends AsyncDisposable {
  port: number;
  pid: number;
}

export interface StartOptions {
  /** Path that answers 200 once the program has started. Default: `/health`. */
  ready?: string;
  /** How much the program yields to others, as by nice(1). Default: not at all. */
  niceness?: number;
  /** Port to listen on. Default: a free one. */
  port?: number;
}

/** Starts a program in its own process, as production does, and waits until it answers. */
export async function startServer(
  script: string,
  env: Record<string, string>,
  { ready = "/health", niceness = 0, port: wanted }: StartOptions = {},
): Promise<BenchServer> {
  const port = wanted ?? await freePort();
  const child = new Deno.Command("nice", {
    args: [
      "-n",
      String(niceness),
      Deno.execPath(),
      "run",
      "-A",
      "--quiet",
      ...V8_FLAGS,
      new URL(`../../${script}`, import.meta.url).pathname,
    ],
    env: {
      NODE_ENV: "production",
      ...env,
      PORT: String(port),
      GATEWAY_PORT: String(port),
      LOG_LEVEL: env.LOG_LEVEL ?? "warn",
    },
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const untilMs = performance.now() + START_TIMEOUT_MS;
  while (!await answers(`http://127.0.0.1:${port}${ready}`)) {
    if (performance.now() > untilMs) throw new Error(`${script} did not start`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    port,
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(async (response) => {
    await response.body?.cancel();
    return response.ok;
  }, () => false);
}
