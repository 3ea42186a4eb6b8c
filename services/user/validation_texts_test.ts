import assert from "node:assert/strict";
import { anyDeps, assertOwnTexts } from "@evently/shared/testing";
import { createUserApp } from "./app.ts";

Deno.test("every validation error of the user service has our text and names its field", () => {
  const seen = assertOwnTexts(createUserApp(anyDeps()));
  assert.ok(seen > 100, `${seen} broken rules`);
});
