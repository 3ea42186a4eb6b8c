import assert from "node:assert/strict";
import { anyDeps, assertOwnTexts } from "@evently/shared/testing";
import { createSearchApp } from "./app.ts";

Deno.test("every validation error of the search service has our text and names its field", () => {
  const seen = assertOwnTexts(createSearchApp(anyDeps()));
  assert.ok(seen > 100, `${seen} broken rules`);
});
