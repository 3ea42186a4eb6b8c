import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./serve.ts", import.meta.url));
/** A little more than `serveUntilSignal()` allows itself. */
const STOP_TIMEOUT_MS = 13_000;

/** The platform in a process of its own, so that a change of its sources can replace it. */
export interface ServerProcess {
  /** Its exit code, however it came to end. */
  ended: Promise<number>;
  /** Ends it in order; by force when it takes too long. */
  stop(): Promise<void>;
}

/** Starts it by this same Deno: there may be no other one on the machine. */
export function startServerProcess(variables: Record<string, string>): ServerProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", PROGRAM],
    env: variables,
    stdin: "null",
  }).spawn();
  const ended = child.status.then(({ code }) => code);
  return {
    ended,
    async stop() {
      signal(child, "SIGTERM");
      const force = setTimeout(() => signal(child, "SIGKILL"), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(force);
    },
  };
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch {
    // It has ended already.
  }
}
