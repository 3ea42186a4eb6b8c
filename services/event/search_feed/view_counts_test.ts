import assert from "node:assert/strict";
import { localBinding } from "@evently/shared/services";
import { viewCountsOver } from "./view_counts.ts";

Deno.test("flush() sends the views since the last flush, and nothing without views", async () => {
  const told: unknown[] = [];
  const search = localBinding("search", () => ({
    async fetch(request) {
      assert.equal(new URL(request.url).pathname, "/internal/search/views");
      told.push(await request.json());
      return Response.json({ status: "counted" });
    },
  }));
  const counts = viewCountsOver(search, "key");
  for (const eventId of ["a", "b", "a"]) counts.viewed(eventId);
  await counts.flush();
  await counts.flush();
  counts.viewed("b");
  await counts.flush();
  assert.deepEqual(told, [
    { views: [{ event_id: "a", views: 2 }, { event_id: "b", views: 1 }] },
    { views: [{ event_id: "b", views: 1 }] },
  ]);
});
