import assert from "node:assert/strict";
import { languageOf, languagePath, splitLanguage } from "./languages.ts";

Deno.test("languageOf() knows a language with its region, and takes English for all others", () => {
  assert.deepEqual(
    ["hi", "hi-IN", "HI", "en-GB", "tlh", "", undefined].map(languageOf),
    ["hi", "hi", "hi", "en", "en", "en", "en"],
  );
});

Deno.test("splitLanguage() takes a language from the beginning of a path alone", () => {
  for (const path of ["/", "/hi", "/hindi/x", "/events", "/events/hi/", "/en/events"]) {
    assert.deepEqual(splitLanguage(path), { language: "en", path });
  }
  assert.deepEqual(splitLanguage("/hi/"), { language: "hi", path: "/" });
  assert.deepEqual(splitLanguage("/hi/events"), { language: "hi", path: "/events" });
  assert.equal(languagePath("hi") + "/events", "/hi/events");
  assert.equal(languagePath("en") + "/events", "/events");
});
