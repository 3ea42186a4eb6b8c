import assert from "node:assert/strict";
import { anyDeps, assertOwnTexts } from "@evently/shared/testing";
import { createEventApp } from "../app.ts";

Deno.test("whatever breaks a rule of the event service's requests is told in our words, and which field it is", () => {
  const seen = assertOwnTexts(createEventApp(anyDeps()));
  assert.ok(seen > 100, `${seen} broken rules`);
});
