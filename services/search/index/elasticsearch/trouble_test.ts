import assert from "node:assert/strict";
import { SILENT_LOGGER } from "@evently/shared/log";
import { elasticsearchConfig, eventQuery } from "../../testing/world.ts";
import { SearchUnavailable } from "../errors.ts";
import { openSearchIndex } from "../open.ts";

/** What a search on, and a check of, whatever answers as `server` reject with. */
async function reasonsAt(server: (request: Request) => Response): Promise<string[]> {
  const listener = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, server);
  try {
    return await reasonsOf(`http://127.0.0.1:${listener.addr.port}`);
  } finally {
    await listener.shutdown();
  }
}

async function reasonsOf(url: string): Promise<string[]> {
  const index = await openSearchIndex(elasticsearchConfig(url), { log: SILENT_LOGGER });
  const attempts = [() => index.search(eventQuery()), () => index.check()];
  const reasons: string[] = [];
  for (const attempt of attempts) {
    await assert.rejects(attempt, (error) => {
      assert.ok(error instanceof SearchUnavailable, String(error));
      assert.deepEqual([error.code, error.retryAfterS], ["UNAVAILABLE", 1]);
      reasons.push(error.reason);
      return true;
    });
  }
  await index.close();
  return [...new Set(reasons)];
}

function elasticsearch(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "x-elastic-product": "Elasticsearch" } });
}

function failure(status: number, type: string): () => Response {
  return () => elasticsearch({ error: { type, reason: "" }, status }, status);
}

Deno.test("failures of Elasticsearch have a reason and are retryable", async () => {
  assert.deepEqual(await reasonsOf("http://127.0.0.1:9"), ["Elasticsearch cannot be reached"]);
  const cases: [() => Response, string][] = [
    [() => Response.json({}), "What answers at ELASTICSEARCH_URL is not Elasticsearch"],
    [failure(401, "security_exception"), "Elasticsearch refuses ELASTICSEARCH_API_KEY"],
    [failure(403, "security_exception"), "Elasticsearch refuses ELASTICSEARCH_API_KEY"],
    [failure(429, "circuit_breaking_exception"), "Elasticsearch is overloaded"],
    [
      failure(503, "search_phase_execution_exception"),
      "Elasticsearch is in trouble: search_phase_execution_exception",
    ],
    [
      failure(400, "media_type_header_exception"),
      "Elasticsearch is of another major version than this client, which needs 9",
    ],
  ];
  for (const [server, reason] of cases) assert.deepEqual(await reasonsAt(server), [reason]);
});

Deno.test("a node that is gone or failing is passed over for the next", async () => {
  const answering = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => elasticsearch({ status: "green" }),
  );
  const failing = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    failure(503, "master_not_discovered_exception"),
  );
  const url = [
    "http://127.0.0.1:9",
    ...[failing, answering].map(({ addr }) => `http://127.0.0.1:${addr.port}`),
  ].join();
  const index = await openSearchIndex(elasticsearchConfig(url), { log: SILENT_LOGGER });
  for (let request = 0; request < 4; request++) await assert.doesNotReject(index.check());
  await answering.shutdown();
  await assert.rejects(index.check(), SearchUnavailable);
  await index.close();
  await failing.shutdown();
});

Deno.test("check() names an unsupported version and a red cluster", async () => {
  async function check(version: string, status: string): Promise<string> {
    const listener = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) =>
        elasticsearch(
          new URL(request.url).pathname.startsWith("/_nodes")
            ? { nodes: { a: { version } } }
            : { status },
        ),
    );
    const url = `http://127.0.0.1:${listener.addr.port}`;
    const index = await openSearchIndex(elasticsearchConfig(url), { log: SILENT_LOGGER });
    try {
      return await index.check().then(() => "fit", (error) => error.reason);
    } finally {
      await index.close();
      await listener.shutdown();
    }
  }
  assert.equal(await check("9.5.3", "green"), "fit");
  assert.equal(await check("9.5.3", "yellow"), "fit");
  assert.equal(
    await check("8.19.1", "green"),
    "Cannot use Elasticsearch 8.19.1 as this client needs 9",
  );
  assert.equal(
    await check("9.5.3", "red"),
    "Elasticsearch has lost data: its cluster is red",
  );
});
