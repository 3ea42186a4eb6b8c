import assert from "node:assert/strict";
import { anyDeps, assertOwnTexts } from "@evently/shared/testing";
import { createEventApp } from "../app.ts";

Deno.test("every validation error of the event service has its own text and path", () => {
  const seen = assertOwnTexts(createEventApp(anyDeps()));
  assert.ok(seen > 100, `${seen} broken rules`);
});
