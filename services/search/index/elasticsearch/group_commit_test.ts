import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { SILENT_LOGGER } from "@evently/shared/log";
import { elasticsearchConfig, eventDocument } from "../../testing/world.ts";
import type { EventChange } from "../search_index.ts";
import { openSearchIndex } from "../open.ts";
import { joinedWrites } from "./joined_writes.ts";

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
  const write = () => index.apply([changeOfTest()]);
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

Deno.test("after writes that were joined, the next request lets their writers come back", async () => {
  const sizes: number[] = [];
  const pauses: PromiseWithResolvers<void>[] = [];
  const writes = joinedWrites((changes) => {
    sizes.push(changes.length);
    return Promise.resolve();
  }, {
    pause: () => {
      pauses.push(Promise.withResolvers());
      return pauses.at(-1)!.promise;
    },
  });
  const write = () => writes.submit([changeOfTest()]);
  await write();
  await write();
  assert.deepEqual([sizes, pauses.length], [[1, 1], 0], "who writes alone waits for nobody");
  await Promise.all([write(), write()]);
  const again = write();
  await setImmediate();
  const late = write();
  await setImmediate();
  assert.deepEqual([sizes, pauses.length], [[1, 1, 2], 1]);
  pauses[0]!.resolve();
  await Promise.all([again, late]);
  assert.deepEqual(sizes, [1, 1, 2, 2]);
});

function changeOfTest(): EventChange {
  const document = eventDocument();
  return { eventId: document.eventId, change: 1, document };
}
