import type { Redis } from "@upstash/redis";
import { type Clock, SYSTEM_CLOCK } from "../clock.ts";
import { cleanErrors, clientOver } from "./client.ts";
import { probe } from "./probe.ts";
import { requesterOver } from "./requester.ts";
import { openUpstash } from "./upstash.ts";

/** The location of Redis. */
export type RedisOptions =
  /** Upstash, or what speaks its REST API, over HTTPS. */
  | { kind: "upstash"; url: string; token: string }
  /** A Redis server: `redis://` or `rediss://`. */
  | { kind: "tcp"; url: string }
  /** A Redis Cluster: `redis+cluster://host:port,host:port` or `rediss+cluster://…`. */
  | { kind: "cluster"; url: string }
  /** In this process, a new one for each call; keys expire by `clock`. */
  | { kind: "memory"; clock?: Clock };

/** An open Redis. */
export interface RedisConnection {
  readonly client: Redis;
  readonly kind: RedisOptions["kind"];
  /** @throws {RedisUnavailable} Redis does not answer, or (`RedisRefusing`) takes no writes */
  ping(): Promise<void>;
  /** Commands in flight fail, and so does every later one. */
  close(): Promise<void>;
}

/**
 * Opens Redis. A Redis that is down is not an error: its commands fail until it is back.
 *
 * @throws {TypeError} the URL is malformed
 * @throws {CannotRun} it is a Redis Cluster and was not named as one, or the other way round
 */
export async function openRedis(options: RedisOptions): Promise<RedisConnection> {
  const { client, close } = await connect(options);
  let closed = false;
  cleanErrors(client, { isClosed: () => closed });
  return {
    client,
    kind: options.kind,
    ping: () => probe(client),
    async close() {
      if (closed) return;
      closed = true;
      await close?.();
    },
  };
}

async function connect(
  options: RedisOptions,
): Promise<{ client: Redis; close?: () => Promise<void> }> {
  switch (options.kind) {
    case "upstash":
      return { client: openUpstash(options) };
    case "tcp": {
      // Only here: ioredis reads the whole environment as it loads, which the others need not be allowed.
      const { openTcp } = await import("./tcp.ts");
      const { requester, close } = await openTcp(options.url);
      return { client: clientOver(requester), close };
    }
    case "cluster": {
      const { openCluster } = await import("./cluster.ts");
      const { requester, close } = await openCluster(options.url);
      return { client: clientOver(requester), close };
    }
    case "memory": {
      // Only here, so that production neither installs nor loads it.
      const { MemoryRedis } = await import("@evently/embedded/redis");
      const clock = options.clock ?? SYSTEM_CLOCK;
      return { client: clientOver(requesterOver(new MemoryRedis(() => clock.now()))) };
    }
  }
}
