import assert from "node:assert/strict";
import type { Requester } from "@upstash/redis";
import { MemoryRedis } from "@evently/embedded/redis";
import { openRedis, type RedisConnection, RedisUnavailable } from "./mod.ts";
import { requesterOver } from "./requester.ts";
import { type RestFront, startRestFront } from "./testing/rest_front.ts";

/** A test of the client over HTTP, with a REST front that it may take away. */
function overRest(
  guarantee: string,
  test: (given: { front: RestFront; connection: RedisConnection }) => Promise<void>,
  requester: Requester = requesterOver(new MemoryRedis(() => new Date())),
): void {
  Deno.test({
    name: `openRedis(upstash) ${guarantee}`,
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      const front = startRestFront({ requester });
      const connection = await openRedis({ kind: "upstash", url: front.url, token: front.token });
      try {
        await test({ front, connection });
      } finally {
        await connection.close();
        await front.close();
      }
    },
  });
}

overRest("sends what one tick asks for in one request", async ({ front, connection }) => {
  await Promise.all(Array.from({ length: 100 }, (_, i) => connection.client.set(`k${i}`, "v")));
  assert.equal(front.requests, 1);
});

overRest("fails while the server is gone, then heals", async ({ front, connection }) => {
  await connection.ping();
  await front.close();
  await assert.rejects(connection.ping(), RedisUnavailable);

  const back = startRestFront({
    requester: requesterOver(new MemoryRedis(() => new Date())),
    token: front.token,
    port: Number(new URL(front.url).port),
  });
  try {
    await connection.ping();
  } finally {
    await back.close();
  }
});

overRest("refuses to work with a wrong token, and does not show it", async ({ front }) => {
  const connection = await openRedis({ kind: "upstash", url: front.url, token: "wrong-t0ken" });
  await assert.rejects(connection.ping(), (error) => {
    assert.ok(error instanceof RedisUnavailable);
    assert.doesNotMatch(Deno.inspect(error), /wrong-t0ken/);
    return true;
  });
});

const hanging = { sent: 0, answer: Promise.withResolvers<never>() };

overRest(
  "gives up on a server that hangs, and sends a write once",
  async ({ connection }) => {
    await assert.rejects(connection.client.incr("count"), RedisUnavailable);
    assert.equal(hanging.sent, 1);
    hanging.answer.reject(new Error("the test is over"));
  },
  { request: () => (hanging.sent++, hanging.answer.promise) },
);

overRest(
  "takes an exhausted quota for an unavailable Redis",
  async ({ connection }) => {
    await assert.rejects(connection.client.get("a"), RedisUnavailable);
    await assert.rejects(connection.client.keys("*"), RedisUnavailable);
  },
  { request: () => Promise.reject(new Error("ERR max requests limit exceeded. Limit: 500000")) },
);
