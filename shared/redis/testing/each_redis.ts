import type { Requester } from "@upstash/redis";
import { MemoryRedis } from "@evently/embedded/redis";
import { openRedis, type RedisConnection } from "../mod.ts";
import { requesterOver } from "../requester.ts";
import { openTcp } from "../tcp.ts";
import { type OwnCluster, startOwnCluster } from "./own_cluster.ts";
import { REDIS_SERVER } from "./own_redis.ts";
import { TEST_REDIS_URL } from "./real_redis.ts";
import { startRestFront } from "./rest_front.ts";

/** One way to reach a Redis; `use` opens it, runs the test and closes it. */
export interface RedisSubject {
  name: string;
  ignore: boolean;
  use(test: (connection: RedisConnection) => Promise<void>): Promise<void>;
}

const WITHOUT_SERVER = TEST_REDIS_URL === undefined;
/** Clusters are tried where servers are, and started by the tests themselves. */
const WITHOUT_CLUSTER = WITHOUT_SERVER || REDIS_SERVER === undefined;

let cluster: OwnCluster | undefined;
if (!WITHOUT_CLUSTER) {
  Deno.test.beforeAll(async () => {
    cluster = await startOwnCluster();
  });
  Deno.test.afterAll(async () => await cluster?.[Symbol.asyncDispose]());
}

/** Every way to reach a Redis; those that need a server are ignored without one. */
export const EACH_REDIS: RedisSubject[] = [
  {
    name: "memory",
    ignore: false,
    use: async (test) => await withConnection(openRedis({ kind: "memory" }), test),
  },
  {
    name: "tcp",
    ignore: WITHOUT_SERVER,
    use: async (test) =>
      await withConnection(openRedis({ kind: "tcp", url: TEST_REDIS_URL ?? "" }), test),
  },
  {
    name: WITHOUT_CLUSTER ? "cluster, which needs REDIS_URL and redis-server" : "cluster",
    ignore: WITHOUT_CLUSTER,
    use: async (test) =>
      await withConnection(openRedis({ kind: "cluster", url: cluster?.url ?? "" }), test),
  },
  {
    name: "upstash over memory",
    ignore: false,
    use: async (test) => {
      await behindRest(requesterOver(new MemoryRedis(() => new Date())), test);
    },
  },
  {
    name: "upstash over tcp",
    ignore: WITHOUT_SERVER,
    async use(test) {
      const tcp = await openTcp(TEST_REDIS_URL ?? "");
      try {
        await behindRest(tcp.requester, test);
      } finally {
        await tcp.close();
      }
    },
  },
];

async function withConnection(
  opening: Promise<RedisConnection>,
  test: (connection: RedisConnection) => Promise<void>,
): Promise<void> {
  const connection = await opening;
  try {
    await test(connection);
  } finally {
    await connection.close();
  }
}

async function behindRest(
  requester: Requester,
  test: (connection: RedisConnection) => Promise<void>,
): Promise<void> {
  const front = startRestFront({ requester });
  try {
    await withConnection(openRedis({ kind: "upstash", url: front.url, token: front.token }), test);
  } finally {
    await front.close();
  }
}
