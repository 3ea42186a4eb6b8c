import assert from "node:assert/strict";
import { countChars, fold, normalText, stacksMarks, trimmedText } from "./text.ts";

const INVISIBLE = ["", " ", "\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800\t", "\u{e0020}"];

Deno.test("normalText() has one form for look-alikes and none for invisible text", () => {
  assert.equal(normalText(" Cafe\u0301 "), "Café");
  for (const text of INVISIBLE) assert.equal(normalText(text), "", JSON.stringify(text));
  assert.equal(normalText("क\u200dष"), "क\u200dष");
  assert.equal(normalText("\ud800"), "\ud800");
});

Deno.test("normalText() normalises up to 30 marks on a letter", () => {
  const many = "e" + "\u0301".repeat(30);
  assert.equal(normalText(many), many.normalize("NFC"));
  assert.deepEqual([stacksMarks(many), stacksMarks(`${many}\u0323`)], [false, true]);
  const tooMany = "e" + "\u0301\u0323".repeat(16);
  assert.equal(normalText(tooMany), tooMany);
  const megabyte = "\u0301\u0323".repeat(250_000);
  assert.equal(normalText(megabyte), megabyte);
});

Deno.test("trimmedText() leaves visible text unchanged", () => {
  assert.equal(trimmedText(" Cafe\u0301 "), "Cafe\u0301");
  for (const text of INVISIBLE) assert.equal(trimmedText(text), "", JSON.stringify(text));
});

Deno.test("countChars() counts an emoji as one", () => {
  assert.equal(countChars("a🎉é"), 3);
});

Deno.test("fold() drops case, accents and ligatures but keeps Indic vowels", () => {
  for (
    const [text, folded] of [
      ["MÜNCHEN", "munchen"],
      ["Mu\u0308nchen", "munchen"],
      ["Straße", "strasse"],
      ["STRASSE", "strasse"],
      ["Łódź", "lodz"],
      ["İstanbul", "istanbul"],
      ["ΠΆΡΟΣ", "παροσ"],
      ["Πάρος", "παροσ"],
      ["ﬁne", "fine"],
      ["पुणे", "पुणे"],
    ] as const
  ) assert.equal(fold(text), folded.normalize("NFKD"), text);
});
