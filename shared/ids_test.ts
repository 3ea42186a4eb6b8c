import assert from "node:assert/strict";
import { deriveId } from "./ids.ts";

const NAMESPACE = "5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10";

Deno.test("deriveId() returns the same version 5 UUID for the same parts", () => {
  const id = deriveId(NAMESPACE, "user", "key");
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(deriveId(NAMESPACE, "user", "key"), id);
});

Deno.test("deriveId() keeps parts apart that join to the same text", () => {
  const ids = [["a", "bc"], ["ab", "c"], ["abc"], ["a:1", "b"], ["a", "1:b"], ["a", "", "bc"]]
    .map((parts) => deriveId(NAMESPACE, ...parts));
  assert.equal(new Set(ids).size, ids.length);
});
