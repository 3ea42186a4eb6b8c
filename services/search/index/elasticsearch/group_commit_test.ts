import assert from "node:assert/strict";
import { SILENT_LOGGER } from "@evently/shared/log";
import { elasticsearchConfig, eventDocument } from "../../testing/world.ts";
import { openSearchIndex } from "../open.ts";

Deno.test("writes that arrive while another is under way share the next request", async () => {
  const sizes: number[] = [];
  const first = Promise.withResolvers<void>();
  const others = Promise.withResolvers<void>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const size = (await request.text()).trim().split("\n").length / 2;
      const refresh = new URL(request.url).searchParams.get("refresh");
      assert.equal(refresh, "true");
      sizes.push(size);
      if (sizes.length === 1) {
        first.resolve();
        await others.promise;
      }
      const items = Array.from({ length: size }, () => ({ index: { status: 200 } }));
      return Response.json({ errors: false, items }, {
        headers: { "x-elastic-product": "Elasticsearch" },
      });
    },
  );
  const config = elasticsearchConfig(`http://127.0.0.1:${server.addr.port}`);
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  const write = () => {
    const document = eventDocument();
    return index.apply([{ eventId: document.eventId, change: 1, document }]);
  };
  const alone = write();
  await first.promise;
  assert.deepEqual(sizes, [1], "a lone write waits for nobody");
  const together = Array.from({ length: 40 }, write);
  others.resolve();
  await Promise.all([alone, ...together]);
  assert.deepEqual(sizes, [1, 40]);
  await index.close();
  await server.shutdown();
});
