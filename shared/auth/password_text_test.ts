import assert from "node:assert/strict";
import { hasPasswordLength, passwordCandidates, preparePassword } from "./password_text.ts";

Deno.test("preparePassword() maps spaces and composes letters, and changes nothing else", () => {
  assert.equal(preparePassword("a\u00a0b\u2003c\u3000d"), "a b c d");
  assert.equal(preparePassword("e\u0301"), "\u00e9");
  assert.equal(preparePassword(" Case, ﬁ and \u0000 stay "), " Case, ﬁ and \u0000 stay ");
});

Deno.test("preparePassword() takes the longest password in whatever form, and no longer one", () => {
  const longest = "\u1f82".repeat(128);
  assert.equal(preparePassword(longest.normalize("NFD")), longest);
  assert.equal(preparePassword(`${longest}x`), undefined);
  assert.equal(preparePassword("x".repeat(1_000_000)), undefined);
});

Deno.test("hasPasswordLength() counts characters of the one form", () => {
  const eight = "e\u0301".repeat(8);
  assert.deepEqual([hasPasswordLength(eight), hasPasswordLength(eight.slice(2))], [true, false]);
  assert.deepEqual([hasPasswordLength("🐎".repeat(128)), hasPasswordLength("🐎".repeat(129))], [
    true,
    false,
  ]);
});

Deno.test("passwordCandidates() are the one form and the typed one, without repeats", () => {
  assert.deepEqual(passwordCandidates("11111111"), ["11111111"]);
  assert.deepEqual(passwordCandidates("e\u0301"), ["\u00e9", "e\u0301"]);
  assert.deepEqual(passwordCandidates("e\u0301".repeat(128)), ["\u00e9".repeat(128)]);
  assert.deepEqual(passwordCandidates("x".repeat(129)), []);
});
