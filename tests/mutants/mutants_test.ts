import assert from "node:assert/strict";
import { MUTANTS } from "./mutants.ts";
import { type Mutant, mutate } from "./mutate.ts";
import { readSources } from "./sources.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("every mutant applies to the current code, and its tests exist", async (t) => {
  const sources = await readSources();
  for (const mutant of MUTANTS) {
    await t.step(mutant.name, async () => {
      for (const [path, text] of mutate(sources, mutant)) {
        assert.notEqual(text, sources.get(path), path);
      }
      for (const path of mutant.tests) {
        assert.ok((await Deno.stat(new URL(path, ROOT))).isFile, path);
      }
    });
  }
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
});

const CODE = `
export async function first(
  { id }: { id: string },
): Promise<string> {
  return  one(id);
}

const second = () => one(2);

export class Third {
  run() {
    return one(3);
  }
}
`;
const SQL = `
CREATE FUNCTION first_one(id integer) RETURNS integer LANGUAGE sql AS $$
  SELECT id
$$;

CREATE FUNCTION first_two(id integer) RETURNS integer LANGUAGE sql AS $$
  SELECT id + 1
$$;
`;

function mutantOf(symbol: string, find: string, replace = "$& 2"): Mutant {
  return { name: "m", edits: [{ in: symbol, find, replace }], tests: [] };
}

Deno.test("mutate() changes the declaration that it names, and nothing else", () => {
  const sources = new Map([["a/b/code.ts", CODE], ["db/1.up.sql", SQL]]);
  const changed = (mutant: Mutant) => [...mutate(sources, mutant)];
  assert.deepEqual(changed(mutantOf("first", "return one")), [
    ["a/b/code.ts", CODE.replace("return  one", () => "$& 2")],
  ]);
  assert.deepEqual(changed(mutantOf("second", "one", "two")), [
    ["a/b/code.ts", CODE.replace("one(2)", "two(2)")],
  ]);
  assert.deepEqual(changed(mutantOf("b/Third", "one", "two")), [
    ["a/b/code.ts", CODE.replace("one(3)", "two(3)")],
  ]);
  assert.deepEqual(changed(mutantOf("first_two", "SELECT id", "SELECT 2")), [
    ["db/1.up.sql", SQL.replace("SELECT id +", "SELECT 2 +")],
  ]);
});

Deno.test("mutate() changes a table and nothing behind it", () => {
  const table =
    "CREATE TABLE seats (\n  held integer CHECK (held > 0)\n) WITH (fillfactor = 10);\n";
  const sources = new Map([["db/1.up.sql", `${table}\n-- held > 0\n`]]);
  const [[, text]] = [...mutate(sources, mutantOf("seats", "held > 0", "true"))] as [
    [string, string],
  ];
  assert.equal(text, `${table.replace("held > 0", "true")}\n-- held > 0\n`);
});

Deno.test("mutate() changes the newest definition of an SQL function", () => {
  const sources = new Map([["db/1.up.sql", SQL], ["db/2.up.sql", SQL]]);
  assert.deepEqual([...mutate(sources, mutantOf("first_one", "SELECT")).keys()], ["db/2.up.sql"]);
});

Deno.test("mutate() refuses a text or a declaration that is not there once", () => {
  const sources = new Map([["a/code.ts", CODE], ["b/code.ts", CODE.replace("second", "other")]]);
  assert.throws(() => mutate(sources, mutantOf("second", "three")), /has its text 0 times/);
  assert.throws(() => mutate(sources, mutantOf("other", "o")), /has its text 3 times/);
  assert.throws(() => mutate(sources, mutantOf("third", "one")), /is not in one file: nowhere/);
  assert.throws(() => mutate(sources, mutantOf("first", "one")), /a\/code.ts, b\/code.ts/);
});
