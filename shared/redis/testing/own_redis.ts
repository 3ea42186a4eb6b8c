import { findProgram } from "../../testing/find_program.ts";

/** The redis-server of this machine; tests that need one of their own are ignored where there is none. */
export const REDIS_SERVER: string | undefined = await findProgram("redis-server");

/** A Redis server of one test. */
export interface OwnRedis extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Sends a command as an operator would; answers the reply as the protocol writes it. */
  command(...words: [string, ...string[]]): Promise<string>;
  /** Stops it for a while (`SIGSTOP`), lets it go on (`SIGCONT`), or ends it (`SIGKILL`). */
  signal(signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void;
  /** Starts it again, without data, once it has ended. */
  restart(): Promise<void>;
}

const MAX_PORTS = 20;
const MAX_TRIES = 1_000;

/** Starts a server with these options, on a port of this machine alone, that keeps nothing. */
export async function startOwnRedis(...options: string[]): Promise<OwnRedis> {
  for (let attempt = 0; attempt < MAX_PORTS; attempt++) {
    const server = await tryStart(unusedPort(), options);
    if (server) return server;
  }
  throw new Error(`Cannot start redis-server with ${options.join(" ")}`);
}

async function tryStart(port: number, options: string[]): Promise<OwnRedis | undefined> {
  const directory = await Deno.makeTempDir();
  const args = [
    ...["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory],
    ...["--enable-debug-command", "local", ...options],
  ];
  let process = spawn(args);
  const dispose = async () => {
    process.signal("SIGKILL");
    await process.ended;
    await Deno.remove(directory, { recursive: true });
  };
  if (!await isUp(process, port)) {
    await dispose();
    return undefined;
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (...words) => send(port, words),
    signal: (signal) => process.signal(signal),
    async restart() {
      await process.ended;
      process = spawn(args);
      if (!await isUp(process, port)) throw new Error(`Cannot restart redis-server on ${port}`);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** A redis-server that runs, or has ended. */
interface ServerProcess {
  hasEnded: boolean;
  ended: Promise<void>;
  signal(signal: Deno.Signal): void;
}

function spawn(args: string[]): ServerProcess {
  const child = new Deno.Command(REDIS_SERVER ?? "redis-server", {
    args,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const process: ServerProcess = {
    hasEnded: false,
    ended: child.status.then(() => {
      process.hasEnded = true;
    }),
    signal(signal) {
      if (!process.hasEnded) child.kill(signal);
    },
  };
  return process;
}

async function isUp(process: ServerProcess, port: number): Promise<boolean> {
  for (let tries = 0; tries < MAX_TRIES && !process.hasEnded; tries++) {
    if (await accepts(port)) return true;
  }
  return false;
}

async function accepts(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

async function send(port: number, words: string[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const command = words.map((word) => `"${word.replaceAll('"', '\\"')}"`).join(" ");
  await connection.write(new TextEncoder().encode(`${command}\r\n`));
  const buffer = new Uint8Array(64 * 1024);
  const length = await connection.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, length ?? 0));
}

/** A port that nobody listens on just now. */
export function unusedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
