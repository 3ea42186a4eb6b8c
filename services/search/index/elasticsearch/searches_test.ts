import assert from "node:assert/strict";
import { SILENT_LOGGER } from "@evently/shared/log";
import { times } from "@evently/shared/testing";
import { elasticsearchConfig, eventQuery } from "../../testing/world.ts";
import { SearchUnavailable } from "../errors.ts";
import { openSearchIndex } from "../open.ts";

const NOTHING = { hits: { total: { value: 0 }, hits: [] }, aggregations: {}, status: 200 };

/** An index on a fake engine, which answers each request by its searches. */
async function openOn(answer: (searches: { size: number }[]) => unknown[] | Promise<unknown[]>) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      assert.ok(new URL(request.url).pathname.endsWith("/_msearch"), request.url);
      const lines = (await request.text()).trim().split("\n").map((line) => JSON.parse(line));
      const searches = lines.filter((_, i) => i % 2 === 1);
      return Response.json({ responses: await answer(searches) }, {
        headers: { "x-elastic-product": "Elasticsearch" },
      });
    },
  );
  const config = elasticsearchConfig(`http://127.0.0.1:${server.addr.port}`);
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  return {
    index,
    async [Symbol.asyncDispose]() {
      await index.close();
      await server.shutdown();
    },
  };
}

Deno.test("a search with its facets is one request", async () => {
  const sizes: number[][] = [];
  await using engine = await openOn((searches) => {
    sizes.push(searches.map(({ size }) => size));
    return searches.map(() => NOTHING);
  });
  await engine.index.search(eventQuery({ city: "Pune", maxPrice: 10, limit: 7 }));
  assert.deepEqual(sizes, [[7, 0, 0]]);
});

Deno.test("searches that arrive while others are under way share the next request", async () => {
  const sizes: number[] = [];
  const busy = Promise.withResolvers<void>();
  const others = Promise.withResolvers<void>();
  await using engine = await openOn(async (searches) => {
    sizes.push(searches.length);
    if (sizes.length === 2) busy.resolve();
    if (sizes.length <= 2) await others.promise;
    return searches.map(() => NOTHING);
  });
  const search = () => engine.index.search(eventQuery());
  const first = [search()];
  await new Promise((resolve) => setImmediate(resolve));
  first.push(search());
  await busy.promise;
  assert.deepEqual(sizes, [1, 1], "a lone search waits for nobody");
  const together = times(40, search);
  others.resolve();
  await Promise.all([...first, ...together]);
  assert.deepEqual(sizes, [1, 1, 40]);
});

Deno.test("a search that the engine could not answer fails alone", async () => {
  await using engine = await openOn((searches) =>
    searches.map(({ size }) =>
      size === 13 ? { error: { type: "circuit_breaking_exception" }, status: 429 } : NOTHING
    )
  );
  const [broken, whole] = await Promise.allSettled([
    engine.index.search(eventQuery({ limit: 13 })),
    engine.index.search(eventQuery({ limit: 14 })),
  ]);
  assert.equal(whole?.status, "fulfilled");
  assert.ok(broken?.status === "rejected" && broken.reason instanceof SearchUnavailable);
});
