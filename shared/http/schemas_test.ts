import assert from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { amount, clampedQuery, requiredId } from "./schemas.ts";

function message(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

Deno.test("requiredId() tells missing from malformed, and takes the all-zero id", () => {
  const id = requiredId("event_id", { required: "event_id is required" });
  assert.equal(message(id, undefined), "event_id is required");
  assert.equal(message(id, ""), "event_id is required");
  assert.equal(message(id, "x"), "Invalid event_id format");
  const zero = "00000000-0000-0000-0000-000000000000";
  assert.equal(id.parse(zero), zero);
});

Deno.test("amount() takes up to two decimals", () => {
  const price = amount("Base price", { negative: "Base price cannot be negative" });
  for (const good of [0, 10, 19.99, 0.1, 4.35, 1_234_567.89]) assert.equal(price.parse(good), good);
  assert.equal(message(price, -0.01), "Base price cannot be negative");
  assert.equal(message(price, 1.005), "Base price must have at most 2 decimals");
  assert.equal(message(price, "10"), "Base price must be a number");
  assert.equal(message(price, 1e12), "Base price must be at most 21474836.47");
});

Deno.test("clampedQuery() clamps what is out of range and refuses what is no number", () => {
  const limit = clampedQuery("limit", { min: 1, max: 100, default: 20 });
  const cases = [[undefined, 20], ["", 20], ["-1", 1], ["0", 1], ["50", 50], [
    "99999999",
    100,
  ]] as const;
  for (const [text, value] of cases) assert.equal(limit.parse(text), value);
  for (const text of ["x", "1.5", "1e3", "NaN", "0x10"]) {
    assert.equal(message(limit, text), "limit must be a number");
  }
});
