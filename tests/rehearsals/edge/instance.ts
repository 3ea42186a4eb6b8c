import { fileURLToPath } from "node:url";
import { within } from "@evently/shared/within";
import { KILLED_AFTER_MS } from "../../../deploy/short_stop.ts";
import { deployEnvironment } from "./deploy_environment.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ENTRY = "deploy/edge.ts";
/** Deno Deploy gives all; its disk is lost with the instance, and nothing is to be started there. */
const PERMISSIONS = [
  ...["--allow-net", "--allow-env", "--allow-read", "--allow-sys", "--allow-ffi"],
  ...["--deny-write", "--deny-run", "--no-prompt", "--cached-only", "--frozen"],
];
const TELEMETRY = { OTEL_DENO: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };
/** Why the platform ends by a denied permission. */
const DENIED = /NotCapable|Requires (?:write|run) access/;
const CLOCK_TICKS_A_SECOND = 100;

/** How an instance ended after SIGINT. */
export interface Ended {
  code: number;
  /** From the signal to the end of the process. */
  tookMs: number;
  /** Whether Deno Deploy had to kill it. */
  killed: boolean;
}

/** The edge entry as one instance of Deno Deploy. */
export interface Instance extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  readonly origin: string;
  /** From the start of the process to its open port. */
  readonly listeningMs: number;
  /** All that it has printed. */
  output(): string;
  /** Lines of its log with this message. */
  logged(message: string): number;
  /** Most memory it has had, in MiB, and its processor time. */
  usage(): { peakMib: number; cpuMs: number };
  /** SIGINT, and SIGKILL where it has not ended in Deno Deploy's time. */
  interrupt(): Promise<Ended>;
}

/**
 * Starts an instance on a free port, with nothing but the environment.
 *
 * @throws {Error} it ends before it listens; the text is its output
 */
export async function startInstance(
  name: string,
  { variables, log, telemetry, deno = Deno.execPath() }: {
    variables: Readonly<Record<string, string>>;
    /** File that its output goes to as well. */
    log: string;
    /** Whether Deno collects telemetry, as on Deno Deploy; nobody receives it. */
    telemetry: boolean;
    deno?: string | undefined;
  },
): Promise<Instance> {
  const beganMs = performance.now();
  const child = new Deno.Command(deno, {
    args: ["run", "--quiet", ...PERMISSIONS, ENTRY],
    cwd: ROOT,
    clearEnv: true,
    env: {
      ...deployEnvironment({ ...variables, HOST: "127.0.0.1", PORT: "0" }),
      ...(telemetry ? TELEMETRY : {}),
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const file = await Deno.open(log, { create: true, append: true });
  let output = "";
  let alive = true;
  let last = { peakMib: 0, cpuMs: 0 };
  const listening = Promise.withResolvers<number>();
  async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      output += decoder.decode(bytes, { stream: true });
      await file.write(bytes);
      const found = /"message":"listening".*"port":(\d+)/.exec(output)?.[1];
      if (found) listening.resolve(Number(found));
    }
  }
  const ended = Promise.all([child.status, read(child.stdout), read(child.stderr)])
    .then(([{ code }]) => {
      alive = false;
      file.close();
      return code;
    });
  const kill = (signal: Deno.Signal) => {
    if (alive) child.kill(signal);
  };
  const port = await Promise.race([
    listening.promise,
    ended.then((code) => Promise.reject(new Error(`${name} ended with ${code}: ${output}`))),
  ]);
  const listeningMs = performance.now() - beganMs;
  return {
    name,
    port,
    origin: `http://127.0.0.1:${port}`,
    listeningMs,
    output: () => output,
    logged: (message) => output.split(`"message":"${message}"`).length - 1,
    usage() {
      if (alive) last = usageOf(child.pid);
      return last;
    },
    async interrupt() {
      last = usageOf(child.pid);
      const sentMs = performance.now();
      kill("SIGINT");
      let killed = false;
      const code = await within(KILLED_AFTER_MS, ended, () => {
        killed = true;
        kill("SIGKILL");
        return ended;
      });
      return { code, tookMs: performance.now() - sentMs, killed };
    },
    async [Symbol.asyncDispose]() {
      kill("SIGKILL");
      await ended;
    },
  };
}

/** Whether an instance wanted what it may not have on Deno Deploy. */
export function wantedDenied({ output }: Instance): boolean {
  return DENIED.test(output());
}

function usageOf(pid: number): { peakMib: number; cpuMs: number } {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ")[1]!.split(" ");
  const ticks = Number(stat[11]) + Number(stat[12]);
  return {
    peakMib: Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024),
    cpuMs: ticks * 1_000 / CLOCK_TICKS_A_SECOND,
  };
}
