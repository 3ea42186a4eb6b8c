import assert from "node:assert/strict";
import { times } from "@evently/shared/testing";
import {
  eventDocument,
  eventQuery,
  NOW,
  openEmbeddedIndex,
} from "../../../services/search/testing/world.ts";
import { testSearchIndex } from "./mod.ts";
import { changeOf } from "./changes.ts";
import { openEmbedded } from "../../../services/search/index/open.ts";

/** Enough events for several batches. */
const COUNT = 500;

testSearchIndex("embedded", openEmbeddedIndex);

Deno.test("embedded index: apply() takes a long list in batches and yields between them", async () => {
  const index = await openEmbedded();
  const indexing = index.apply(times(COUNT, () => changeOf(eventDocument())));
  await new Promise((resolve) => setTimeout(resolve, 0));
  const meanwhile = await index.search(eventQuery());
  await indexing;
  assert.ok(meanwhile.total < COUNT, `found ${meanwhile.total}`);
  assert.equal((await index.search(eventQuery())).total, COUNT);
});

Deno.test("embedded index: a newer change wins over a long list that is being applied", async () => {
  const index = await openEmbedded();
  const documents = times(COUNT, () => eventDocument({ availableSeats: 9 }));
  const last = documents[COUNT - 1]!;
  const indexing = index.apply(documents.map((document) => changeOf(document)));
  await index.apply([changeOf({ ...last, availableSeats: 3 }, 2)]);
  await indexing;
  assert.equal((await index.find([last.eventId], { now: NOW }))[0]?.availableSeats, 3);
});
