import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { proposeReference } from "./reference.ts";

Deno.test("proposeReference() is EVT- and six characters that nobody misreads, the same for the same booking", () => {
  const id = newId();
  assert.match(proposeReference(id, 0), /^EVT-[0-9A-HJKMNP-TV-Z]{6}$/);
  assert.equal(proposeReference(id, 0), proposeReference(id, 0));
});

Deno.test("proposeReference() proposes another at each try, and longer ones from the third on", () => {
  const id = newId();
  const proposals = [0, 1, 2, 3].map((attempt) => proposeReference(id, attempt));
  assert.equal(new Set(proposals).size, 4);
  assert.deepEqual(proposals.map(({ length }) => length), [10, 10, 11, 12]);
});
