import { MemoryRedis } from "@evently/embedded/redis";
import { findProgram, freePort } from "@evently/shared/testing";
import { type RestFront, startRestFront } from "../../../shared/redis/testing/rest_front.ts";
import { requesterOver } from "../../../shared/redis/requester.ts";
import {
  areReady,
  type ClusterNode,
  poll,
  startOwnCluster,
} from "../../../shared/redis/testing/own_cluster.ts";
import { waitFor } from "./ready.ts";
import { Supervised } from "./supervised.ts";

/** A Redis server of this run; it persists nothing. */
export interface RedisServer extends AsyncDisposable {
  readonly kind: "redis-server" | "Redis Cluster" | "in this process, over HTTP";
  /** Environment variables that connect the services to it. */
  readonly variables: Record<string, string>;
  /** Kills it; it restarts empty. Of a cluster one master after the other, whose replica takes over. */
  kill(): Promise<unknown>;
  flushAll(): Promise<void>;
  /** Its process, if it runs in one of its own. */
  readonly process: Supervised | undefined;
}

const MASTERS = 3;
const RESTART_AFTER_MS = 300;
const FLUSH_COMMAND = "FLUSHALL\r\n";
const FLUSHED = "+OK\r\n";

/**
 * Starts a supervised redis-server, or an in-process one if `embedded` or if none is installed; or a cluster of three
 * masters with a replica each.
 */
export async function startRedisServer(
  base: string,
  { embedded, cluster = false }: { embedded: boolean; cluster?: boolean },
): Promise<RedisServer> {
  if (cluster) return await startRedisCluster();
  const program = embedded ? undefined : await findProgram("redis-server");
  return program ? await startRedisProcess(base, program) : await startInProcess(base);
}

async function startRedisProcess(base: string, command: string): Promise<RedisServer> {
  const port = await freePort(`${base}/redis`);
  const process = new Supervised({
    name: "redis",
    command,
    args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", base],
    env: { PATH: "/usr/bin:/bin" },
    log: `${base}/redis.log`,
    stopSignal: "SIGTERM",
    onUnexpectedExit: () => {},
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

async function startRedisCluster(): Promise<RedisServer> {
  const cluster = await startOwnCluster({ withReplicas: true });
  const nodes = [...cluster.masters, ...cluster.replicas];
  const isMaster = async (node: ClusterNode) => /\bmaster\b/.test(await node.command("ROLE"));
  let killed: ClusterNode | undefined;
  return {
    kind: "Redis Cluster",
    variables: { REDIS_URL: cluster.url },
    async kill() {
      // The one killed before comes back as a replica of the one that took over.
      await killed?.restart();
      await poll(() => areReady(nodes));
      // By turns, so that each shard is met.
      const next = nodes[(nodes.indexOf(killed ?? nodes[0]!) + 1) % nodes.length]!;
      const rotated = [...nodes.slice(nodes.indexOf(next)), ...nodes.slice(0, nodes.indexOf(next))];
      for (const node of rotated) {
        if (!await isMaster(node)) continue;
        killed = node;
        node.signal("SIGKILL");
        const alive = nodes.filter((other) => other !== node);
        await poll(async () =>
          (await Promise.all(alive.map(isMaster))).filter(Boolean).length === MASTERS
        );
        return;
      }
    },
    async flushAll() {
      for (const node of nodes) {
        if (node !== killed && await isMaster(node)) await flushAll(node.port);
      }
    },
    process: undefined,
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
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

async function startInProcess(base: string): Promise<RedisServer> {
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
