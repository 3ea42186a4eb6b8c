import assert from "node:assert/strict";
import { within } from "./within.ts";

const LONG_MS = 60_000;
const never = () => new Promise<string>(() => {});

Deno.test("within() settles as its work does and leaves no timer", async () => {
  assert.equal(await within(LONG_MS, Promise.resolve("done"), () => "late"), "done");
  await assert.rejects(within(LONG_MS, Promise.reject(new Error("no")), () => "late"), /no/);
});

Deno.test("within() settles as `late` does after the limit", async () => {
  assert.equal(await within(0, never(), () => "late"), "late");
  await assert.rejects(
    within(0, never(), () => {
      throw new Error("overdue");
    }),
    /overdue/,
  );
});

Deno.test("within() ignores a failure of its work after the limit", async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  assert.equal(await within(0, promise, () => "late"), "late");
  reject(new Error("an unhandled rejection would end this process"));
  await new Promise((resolve) => setTimeout(resolve));
});
