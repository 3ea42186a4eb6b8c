import assert from "node:assert/strict";
import { parseClusterUrl, redisAt } from "./cluster_url.ts";

Deno.test("parseClusterUrl() reads nodes, their default port, TLS and credentials", () => {
  assert.deepEqual(parseClusterUrl("redis+cluster://a:7000,b,[::1]:7002"), {
    nodes: [{ host: "a", port: 7000 }, { host: "b", port: 6379 }, { host: "::1", port: 7002 }],
    username: undefined,
    password: undefined,
    tls: false,
  });
  assert.deepEqual(parseClusterUrl("rediss+cluster://app:p%40ss@10.0.0.1:7000/"), {
    nodes: [{ host: "10.0.0.1", port: 7000 }],
    username: "app",
    password: "p@ss",
    tls: true,
  });
  assert.equal(parseClusterUrl("redis+cluster://:secret@a").password, "secret");
});

Deno.test("parseClusterUrl() refuses other forms without a word of the URL", () => {
  const malformed = [
    "redis://s3cret@a:7000,b:7001",
    "redis+cluster://",
    "redis+cluster://s3cret@",
    "redis+cluster://s3cret@a:port",
    "redis+cluster://s3cret@a:7000,",
    "redis+cluster://s3cret@a:7000/1",
    "redis+cluster://s3cret@a:7000?db=1",
    "redis+cluster://s3cret%@a:7000",
    `redis+cluster://s3cret@${Array.from({ length: 51 }, () => "a").join()}`,
  ];
  for (const url of malformed) {
    assert.throws(() => parseClusterUrl(url), (error) => {
      assert.ok(error instanceof TypeError, url);
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
  }
});

Deno.test("redisAt() tells a cluster from a server", () => {
  const kindOf = (url: string) => redisAt(url).kind;
  assert.deepEqual(["redis+cluster://a", "rediss+cluster://a", "redis://a"].map(kindOf), [
    "cluster",
    "cluster",
    "tcp",
  ]);
});
