import assert from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { amount, clampedQuery, minorAmount, requiredId, wholeNumberQuery } from "./schemas.ts";

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

Deno.test("amount() takes numbers from 0 on", () => {
  const price = amount("Base price", { negative: "Base price cannot be negative" });
  for (const good of [0, 10, 19.99, 1_234_567.89]) assert.equal(price.parse(good), good);
  assert.equal(message(price, -0.01), "Base price cannot be negative");
  assert.equal(message(price, "10"), "Base price must be a number");
  assert.equal(message(price, 1e12), "Base price must be at most 2147483647");
});

Deno.test("minorAmount() takes as many decimals as the currency has", () => {
  const minor = (amount: number, currency: string) =>
    minorAmount(amount, { field: "price", currency });
  for (
    const [amount, currency, expected] of [
      [0, "INR", 0],
      [0.1, "INR", 10],
      [4.35, "INR", 435],
      [21_474_836.47, "INR", 2_147_483_647],
      [1_500, "JPY", 1_500],
      [1.005, "KWD", 1_005],
      [2_147_483.647, "KWD", 2_147_483_647],
    ] as const
  ) assert.equal(minor(amount, currency), expected);
  for (
    const [amount, currency, error] of [
      [1.005, "INR", "price must have at most 2 decimals in INR"],
      [1.5, "JPY", "price must have at most 0 decimals in JPY"],
      [1.0005, "KWD", "price must have at most 3 decimals in KWD"],
      [21_474_836.48, "INR", "price must be at most 21474836.47 in INR"],
      [2_147_483.648, "KWD", "price must be at most 2147483.647 in KWD"],
    ] as const
  ) {
    assert.throws(() => minor(amount, currency), { code: "VALIDATION_FAILED", message: error });
  }
});

Deno.test("clampedQuery() clamps what is out of range and refuses what is no number", () => {
  const limit = clampedQuery("limit", { min: 1, max: 100, default: 20 });
  const cases = [
    [undefined, 20],
    ["", 20],
    ["-1", 1],
    ["0", 1],
    ["50", 50],
    [
      "99999999",
      100,
    ],
    ["9".repeat(20), 100],
    [`-${"9".repeat(400)}`, 1],
  ] as const;
  for (const [text, value] of cases) assert.equal(limit.parse(text), value);
  for (const text of ["x", "1.5", "1e3", "NaN", "0x10"]) {
    assert.equal(message(limit, text), "limit must be a number");
  }
});

Deno.test("wholeNumberQuery() takes a number in one spelling, within its range", () => {
  const version = wholeNumberQuery("version", { min: 1, tooSmall: "Version must be positive" });
  assert.equal(version.parse("1"), 1);
  assert.equal(version.parse("2147483647"), 2_147_483_647);
  for (const text of ["", "00", "01", "1e0", " 1", "+1", "-1", "1.0", "0x1", "one"]) {
    assert.equal(message(version, text), "version must be a whole number", text);
  }
  assert.equal(message(version, "0"), "Version must be positive");
  for (const text of ["2147483648", "9".repeat(400)]) {
    assert.equal(message(version, text), "version must be at most 2147483647");
  }
  assert.equal(message(version, ["1", "1"]), "version must be given once");
});
