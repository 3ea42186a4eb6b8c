import assert from "node:assert/strict";
import type { z } from "@hono/zod-openapi";
import {
  clearableText,
  opaqueText,
  optionalText,
  queryText,
  requiredText,
} from "./text_schemas.ts";

function message(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

Deno.test("requiredText() normalises and refuses missing, long and unstorable texts", () => {
  const name = requiredText("name", { max: 5 });
  assert.equal(name.parse("  Asha "), "Asha");
  assert.equal(name.parse("Cafe\u0301"), "Café");
  for (const missing of [undefined, null, "", "   ", "\u200b", "\u2800 \u00ad"]) {
    assert.equal(message(name, missing), "name is required");
  }
  assert.equal(message(name, 5), "name must be a string");
  assert.equal(name.parse("🎉🎉🎉🎉🎉"), "🎉🎉🎉🎉🎉");
  assert.equal(message(name, "x".repeat(6)), "name must have at most 5 characters");
  assert.equal(message(name, "a\u0000b"), "name must not contain NUL characters");
});

Deno.test("no text may have half a surrogate pair", () => {
  const text = { max: 50 };
  const schemas = [requiredText, opaqueText, optionalText, clearableText, queryText];
  for (const schema of schemas) {
    for (const half of ["\ud83c", "a\udf89b", "\udf89\ud83c"]) {
      const refusal = "name must not contain half a surrogate pair";
      assert.equal(message(schema("name", text), half), refusal, schema.name);
    }
    assert.equal(schema("name", text).parse("🎉"), "🎉");
  }
});

Deno.test("a text with too many marks on a letter is refused without normalising", () => {
  const megabyte = `e${"\u0301\u0323".repeat(250_000)}`;
  const refusal = "name must not have more than 30 marks on a letter";
  for (const schema of [requiredText, optionalText, clearableText]) {
    for (const text of [`e${"\u0301\u0323".repeat(16)}`, megabyte]) {
      assert.equal(message(schema("name", { max: 100 }), text), refusal, schema.name);
    }
  }
  const stacked = `e${"\u0301".repeat(31)}`;
  assert.equal(message(queryText("name"), stacked), refusal);
  assert.equal(message(queryText("name"), megabyte), "name must have at most 500 characters");
  assert.equal(opaqueText("key").parse(stacked), stacked);
});

Deno.test("opaqueText() keeps look-alike texts apart", () => {
  const key = opaqueText("key");
  assert.equal(key.parse(" Cafe\u0301 "), "Cafe\u0301");
  assert.equal(key.parse("Café"), "Café");
  assert.equal(message(key, "\u200b"), "key is required");
});

Deno.test("optionalText() takes an empty text as absent", () => {
  for (const nothing of [undefined, null]) {
    assert.equal(optionalText("x").parse(nothing), undefined);
  }
  for (const empty of ["", "\u200b"]) assert.equal(optionalText("x").parse(empty), "");
});

Deno.test("clearableText() tells an absent field from a cleared one", () => {
  const text = clearableText("x");
  assert.equal(text.parse(undefined), undefined);
  for (const nothing of [null, "", " ", "\u200b"]) assert.equal(text.parse(nothing), null);
});

Deno.test("queryText() measures a parameter as it was sent", () => {
  const city = queryText("city", { max: 4 });
  assert.equal(city.parse("Pune"), "Pune");
  assert.equal(message(city, "Pune\u200b"), "city must have at most 4 characters");
  assert.equal(message(city, "     "), "city must have at most 4 characters");
});

Deno.test("queryText() takes a parameter once and an invisible one as absent", () => {
  assert.equal(queryText("q").parse("\u200b"), "");
  assert.equal(message(queryText("q"), ["a", "b"]), "q must be given once");
});
