import assert from "node:assert/strict";
import { anyDeps, assertOwnTexts } from "@evently/shared/testing";
import { createBookingApp } from "./app.ts";

Deno.test("request schemas of the booking service have texts of their own", () => {
  const seen = assertOwnTexts(createBookingApp(anyDeps()));
  assert.ok(seen > 100, `${seen} broken rules`);
});
