import assert from "node:assert/strict";
import { hasCode } from "../errors/mod.ts";
import { CsvExports, csvLine, readPages } from "./csv.ts";

Deno.test("csvLine() quotes what would end a cell, and leaves numbers as they are", () => {
  assert.equal(
    csvLine(["a", 'say "hi"', "b,c", "two\nlines"]),
    'a,"say ""hi""","b,c","two\nlines"\r\n',
  );
  assert.equal(csvLine([-5, 1.5, undefined, ""]), "-5,1.5,,\r\n");
});

for (
  const text of [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "\r\n=1+1",
    '"=1+1',
    "\uFF1D1+1",
    "a;=1+1",
    'a;"=1+1',
    "a\n@x",
    "a|-1",
  ]
) {
  Deno.test(`csvLine() defuses ${JSON.stringify(text)}`, () => {
    const cells = csvLine([text]).replace(/^"|"\r\n$/g, "").split(/[;|\t\r\n]/);
    for (const cell of cells) assert.doesNotMatch(cell, /^[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/);
  });
}

Deno.test("csvLine() leaves signs inside a text alone", () => {
  assert.equal(
    csvLine(["a=b", "x@example.com", "Anne-Marie", "1 + 1"]),
    "a=b,x@example.com,Anne-Marie,1 + 1\r\n",
  );
});

/** Pages of one row each that say how many were read, and whether reading was ended. */
function countedPages(count: number) {
  const seen = { read: 0, isEnded: false };
  async function* read() {
    try {
      while (seen.read < count) {
        await Promise.resolve();
        yield [`row ${++seen.read}`];
      }
    } finally {
      seen.isEnded = true;
    }
  }
  return { seen, pages: read() };
}

const columns = { name: (row: string) => row };

Deno.test("CsvExports sends heading and rows, and frees its room at the end", async () => {
  const exports = new CsvExports({ max: 1 });
  const { pages } = countedPages(2);
  const text = await new Response(await exports.send({ columns, pages })).text();
  // `text()` takes the byte order mark away.
  assert.equal(text, "name\r\nrow 1\r\nrow 2\r\n");
  assert.equal(exports.size, 0);
});

Deno.test("CsvExports begins with a byte order mark", async () => {
  const exports = new CsvExports({ max: 1 });
  const file = new Response(await exports.send({ columns, pages: countedPages(1).pages }));
  assert.deepEqual([...(await file.bytes()).slice(0, 3)], [0xEF, 0xBB, 0xBF]);
});

Deno.test("CsvExports reads a page only when the one before was taken", async () => {
  const exports = new CsvExports({ max: 1 });
  const { seen, pages } = countedPages(1_000);
  const reader = (await exports.send({ columns, pages })).getReader();
  await reader.read();
  await reader.read();
  await reader.read();
  assert.ok(seen.read <= 3, `${seen.read} pages read`);
  await reader.cancel();
});

Deno.test("CsvExports ends reading when the reader goes", async () => {
  const exports = new CsvExports({ max: 1 });
  const { seen, pages } = countedPages(1_000);
  const reader = (await exports.send({ columns, pages })).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  assert.deepEqual([seen.isEnded, exports.size], [true, 0]);
});

Deno.test("CsvExports refuses more than it has room for, until a reader is idle", async () => {
  let nowMs = 0;
  const exports = new CsvExports({ max: 1, nowMs: () => nowMs });
  const first = countedPages(9);
  const reader = (await exports.send({ columns, pages: first.pages })).getReader();
  await reader.read();
  await assert.rejects(
    exports.send({ columns, pages: countedPages(1).pages }),
    (error) => hasCode(error, "UNAVAILABLE"),
  );
  nowMs = 60_000;
  const second = await exports.send({ columns, pages: countedPages(1).pages });
  await assert.rejects(reader.read());
  assert.equal(first.seen.isEnded, true);
  await new Response(second).text();
});

Deno.test("CsvExports breaks a file off when a page cannot be read", async () => {
  const exports = new CsvExports({ max: 1 });
  const pages = readPages((after) => {
    return after ? Promise.reject(new Error("gone")) : Promise.resolve({ rows: ["a"], next: "b" });
  }, { maxPages: 5 });
  await assert.rejects(new Response(await exports.send({ columns, pages })).text(), /gone/);
  assert.equal(exports.size, 0);
});

Deno.test("readPages() fails beyond its most pages instead of leaving rows out", async () => {
  const pages = readPages(() => Promise.resolve({ rows: [1], next: "again" }), { maxPages: 3 });
  const read: number[] = [];
  await assert.rejects(async () => {
    for await (const rows of pages) read.push(...rows);
  }, /more than 3 pages/);
  assert.deepEqual(read, [1, 1, 1]);
});
