import assert from "node:assert/strict";
import { cut, FACES } from "./faces.ts";
import { fallbackStyles } from "./fallbacks.ts";
import { readSfnt } from "./sfnt.ts";

const read = (file: string) => Deno.readFile(new URL(file, import.meta.url));
const readStyles = (file: string) =>
  Deno.readTextFile(new URL(`../styles/${file}`, import.meta.url));

Deno.test("every face has every character that it was cut for, and its weights", async () => {
  for (const { file, text, axes } of FACES) {
    const { wght } = axes;
    const weights = typeof wght === "object" ? [{ wght: wght.min }, { wght: wght.max }] : [{}];
    for (const axes of weights) {
      const pinned = { text, axes, format: "truetype" } as const;
      const { widthOf } = readSfnt(await cut(await read(file), pinned));
      const missing = [...text].filter((character) => widthOf(character) === undefined);
      assert.deepEqual(missing, [], file);
    }
  }
});

Deno.test("every face is declared once, with the characters that it alone has", async () => {
  const styles = await readStyles("fonts.css");
  const declared = [...styles.matchAll(/fonts\/([\w-]+\.woff2)/g)].map(([, file]) => file!);
  assert.deepEqual(declared.toSorted(), FACES.map(({ file }) => file).toSorted());
  assert.match(styles, /unicode-range: U\+20B9/);
});

Deno.test("fallbacks have the measures of the faces as they are; `deno task web:fonts` writes them", async () => {
  assert.equal(await readStyles("fallbacks.css"), await fallbackStyles(read));
});

Deno.test("fallbacks.css declares the fallbacks that the tokens name, and no other", async () => {
  const named = [...(await readStyles("tokens.css")).matchAll(/"(Anek [\w ]*as \w+)"/g)];
  const declared = [...(await readStyles("fallbacks.css")).matchAll(/font-family: "([^"]+)"/g)];
  const unique = (matches: RegExpMatchArray[]) => [...new Set(matches.map(([, name]) => name))];
  assert.deepEqual(unique(declared).toSorted(), unique(named).toSorted());
});
