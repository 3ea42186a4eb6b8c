import assert from "node:assert/strict";
import { eventDocument, eventQuery, NOW } from "../../testing/documents.ts";
import { testSearchIndex } from "../conformance/mod.ts";
import { openSearchIndex } from "../open.ts";

testSearchIndex("embedded", () => openSearchIndex({ engine: "embedded" }));

Deno.test("embedded index: a long list is taken in batches that let other work go on", async () => {
  const index = await openSearchIndex({ engine: "embedded" });
  const documents = Array.from({ length: 200 }, () => eventDocument());
  const indexing = index.index(documents, { asOf: NOW });
  await new Promise((resolve) => setTimeout(resolve, 0));
  const meanwhile = await index.search(eventQuery());
  await indexing;
  assert.ok(meanwhile.total < 200, `found ${meanwhile.total}`);
  assert.equal(await index.count(), 200);
});

Deno.test("embedded index: a write during a long list counts, though the list has an older one", async () => {
  const index = await openSearchIndex({ engine: "embedded" });
  const documents = Array.from({ length: 200 }, () => eventDocument({ available_seats: 9 }));
  const last = documents[199]!;
  const indexing = index.index(documents, { asOf: NOW });
  await index.index([{ ...last, available_seats: 3 }], { asOf: new Date(NOW.getTime() + 1) });
  await indexing;
  assert.equal((await index.find([last.event_id], { now: NOW }))[0]?.available_seats, 3);
});
