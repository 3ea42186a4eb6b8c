import { join } from "node:path";
import { ignoreNotFound } from "./not_found.ts";

/** A server that works on a data directory. */
export interface RunningServer {
  pid: number;
  port: number;
}

/** Lines of `postmaster.pid`, see `src/include/utils/pidfile.h` of PostgreSQL. */
const PID_LINE = 0;
const PORT_LINE = 3;
const STATUS_LINE = 7;

const RECOVERY_POLL_MS = 50;
const MAX_RECOVERY_POLLS = 600;

/**
 * The server that works on this data directory, if there is one: a run that was killed leaves its behind.
 * One that still starts or recovers is waited for (30 s).
 *
 * A pid file that names no such server is removed: PostgreSQL itself would refuse to start beside a stranger
 * that got the number, or a dead server that no one has reaped. What still writes for a dead server it
 * finds by their shared memory.
 *
 * @throws {Error} it did not become ready
 */
export async function findRunning(data: string): Promise<RunningServer | undefined> {
  const path = join(data, "postmaster.pid");
  for (let poll = 0; poll < MAX_RECOVERY_POLLS; poll++) {
    const lines = (await Deno.readTextFile(path).catch(ignoreNotFound))
      ?.split("\n").map((line) => line.trim());
    const pid = Number(lines?.[PID_LINE]);
    if (!lines || !pid) return undefined;

    if (!(await commandLine(pid)).includes(data)) {
      await Deno.remove(path).catch(ignoreNotFound);
      return undefined;
    }
    if (lines[STATUS_LINE] === "ready") return { pid, port: Number(lines[PORT_LINE]) };
    await new Promise((resolve) => setTimeout(resolve, RECOVERY_POLL_MS));
  }
  throw new Error(`Cannot use the server on ${data} as it does not become ready: see its log`);
}

/** How the process was started; empty when there is none, or it is dead. */
async function commandLine(pid: number): Promise<string> {
  if (Deno.build.os === "linux") {
    return await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
  }
  const ps = new Deno.Command("ps", { args: ["-o", "args=", "-p", String(pid)] });
  return new TextDecoder().decode((await ps.output()).stdout);
}
