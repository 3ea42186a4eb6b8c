import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { proposeReference } from "./reference.ts";

Deno.test("proposeReference() returns EVT- and six characters, stable for a booking", () => {
  const id = newId();
  assert.match(proposeReference(id, 0), /^EVT-[0-9A-HJKMNP-TV-Z]{6}$/);
  assert.equal(proposeReference(id, 0), proposeReference(id, 0));
});

Deno.test("proposeReference() differs by attempt, and grows from the third on", () => {
  const id = newId();
  const proposals = [0, 1, 2, 3].map((attempt) => proposeReference(id, attempt));
  assert.equal(new Set(proposals).size, 4);
  assert.deepEqual(proposals.map(({ length }) => length), [10, 10, 11, 12]);
});
