import { MemoryRedis } from "@evently/embedded/redis";
import { findProgram, freePort } from "@evently/shared/testing";
import { type RestFront, startRestFront } from "../../../shared/redis/testing/rest_front.ts";
import { requesterOver } from "../../../shared/redis/requester.ts";
import { waitFor } from "./ready.ts";
import { Supervised } from "./supervised.ts";

/** A Redis of this run alone, that keeps nothing over its end. */
export interface RedisServer extends AsyncDisposable {
  readonly kind: "redis-server" | "in this process, over HTTP";
  /** What leads the services to it. */
  readonly variables: Record<string, string>;
  /** Ends it by force; it starts again, empty. */
  kill(): Promise<unknown>;
  flushAll(): Promise<void>;
  /** Its process, where it has one of its own. */
  readonly process: Supervised | undefined;
}

const RESTART_AFTER_MS = 300;
const FLUSH_COMMAND = "FLUSHALL\r\n";
const FLUSHED = "+OK\r\n";

/** Starts a real redis-server under supervision; one in this process when `embedded`, or where there is none. */
export async function startRedisServer(
  base: string,
  { embedded }: { embedded: boolean },
): Promise<RedisServer> {
  const program = embedded ? undefined : await findProgram("redis-server");
  return program ? await startReal(base, program) : await startOwn(base);
}

async function startReal(base: string, command: string): Promise<RedisServer> {
  const port = await freePort(`${base}/redis`);
  const process = new Supervised({
    name: "redis",
    command,
    args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", base],
    env: { PATH: "/usr/bin:/bin" },
    log: `${base}/redis.log`,
    stopSignal: "SIGTERM",
    onOwnEnd: () => {},
  });
  return {
    kind: "redis-server",
    variables: { REDIS_URL: `redis://127.0.0.1:${port}` },
    kill: () => process.kill(),
    flushAll: () => waitFor("Redis", () => flushAll(port)),
    process,
    [Symbol.asyncDispose]: () => process.stop(),
  };
}

async function flushAll(port: number): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(FLUSH_COMMAND));
  const reply = new Uint8Array(FLUSHED.length);
  await connection.read(reply);
  const text = new TextDecoder().decode(reply);
  if (text !== FLUSHED) throw new Error(`Cannot flush Redis: it answers ${text}`);
}

async function startOwn(base: string): Promise<RedisServer> {
  const port = await freePort(`${base}/redis`);
  const token = crypto.randomUUID();
  const start = () =>
    startRestFront({ requester: requesterOver(new MemoryRedis(() => new Date())), token, port });
  let front: RestFront = start();
  let restart: ReturnType<typeof setTimeout> | undefined;
  async function replace(afterMs: number): Promise<void> {
    clearTimeout(restart);
    await front.close();
    restart = setTimeout(() => front = start(), afterMs);
  }
  return {
    kind: "in this process, over HTTP",
    variables: { UPSTASH_REDIS_REST_URL: front.url, UPSTASH_REDIS_REST_TOKEN: token },
    kill: () => replace(RESTART_AFTER_MS),
    flushAll: () => replace(0),
    process: undefined,
    async [Symbol.asyncDispose]() {
      clearTimeout(restart);
      await front.close();
    },
  };
}
