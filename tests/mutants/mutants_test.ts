import assert from "node:assert/strict";
import { MUTANTS } from "./mutants.ts";
import { type Mutant, mutate } from "./mutate.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("every mutant can be made of the code as it is, and its tests exist", async () => {
  for (const mutant of MUTANTS) {
    const text = await Deno.readTextFile(new URL(mutant.file, ROOT));
    assert.notEqual(mutate(text, mutant), text, mutant.name);
    for (const path of mutant.tests) assert.ok((await Deno.stat(new URL(path, ROOT))).isFile, path);
  }
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
});

Deno.test("mutate() refuses what is not there once, and takes its replacement as it is", () => {
  const mutant = (find: string, replace: string): Mutant => {
    return { name: "m", file: "f.ts", edits: [[find, replace]], tests: [] };
  };
  assert.equal(mutate("one two", mutant("two", "$& 2")), "one $& 2");
  assert.throws(() => mutate("one two", mutant("three", "3")), /it is 0 times/);
  assert.throws(() => mutate("one one", mutant("one", "1")), /it is 2 times/);
});
