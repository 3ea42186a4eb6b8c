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
  const child = new Deno.Command(REDIS_SERVER ?? "redis-server", {
    args: [
      ...["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory],
      ...["--enable-debug-command", "local", ...options],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let ended = false;
  const status = child.status.then(() => ended = true);
  const url = `redis://127.0.0.1:${port}`;
  for (let tries = 0; tries < MAX_TRIES && !ended; tries++) {
    if (!await accepts(port)) continue;
    return {
      port,
      url,
      command: (...words) => send(port, words),
      signal(signal) {
        if (!ended) child.kill(signal);
      },
      async [Symbol.asyncDispose]() {
        if (!ended) child.kill("SIGKILL");
        await status;
        await Deno.remove(directory, { recursive: true });
      },
    };
  }
  if (!ended) child.kill("SIGKILL");
  await status;
  await Deno.remove(directory, { recursive: true });
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
