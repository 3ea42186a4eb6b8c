import assert from "node:assert/strict";
import { startTestPlatform } from "./platform.ts";

// deno-lint-ignore no-explicit-any -- whatever stands in the document
type Json = any;

/** Every schema object of a document that has a name: of a parameter, or of a property. */
function* namedSchemas(node: Json): Generator<[name: string, schema: Json]> {
  if (typeof node !== "object" || node === null) return;
  if (typeof node.name === "string" && node.in && node.schema) yield [node.name, node.schema];
  const { properties } = node;
  if (typeof properties === "object") yield* Object.entries(properties);
  for (const child of Object.values(node)) yield* namedSchemas(child);
}

function isFreeText({ type, format, pattern, enum: words }: Json): boolean {
  return [type].flat().includes("string") && !format && !pattern && !words;
}

Deno.test("the document tells every status that any request may get", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  let operations = 0;
  for (const [path, item] of Object.entries<Json>(document.paths)) {
    for (const [method, operation] of Object.entries<Json>(item)) {
      operations++;
      const told = Object.keys(operation.responses);
      const due = ["400", "429", "503", ...operation.requestBody ? ["408", "413"] : []];
      if (operation.security.length > 0) due.push("401");
      assert.deepEqual(due.filter((status) => !told.includes(status)), [], `${method} ${path}`);
      assert.ok(told.some((status) => status.startsWith("2")), `${method} ${path}`);
    }
  }
  assert.ok(operations > 30, `${operations} operations`);
});

Deno.test("the document tells the form of every id, time, address, currency and zone", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  const formless = new Set<string>();
  const limited = new Set<string>();
  for (const [name, schema] of namedSchemas(document)) {
    const hasForm =
      /^(?:email|currency|timezone|.*_(?:id|at|datetime|date|from|to|url)|last_updated)$/.test(
        name,
      );
    if (hasForm && isFreeText(schema)) formless.add(name);
    if ((name === "page" || name === "limit") && "maximum" in schema) limited.add(name);
  }
  // These are the provider's, the caller's, and a path of ours.
  for (const free of ["transaction_id", "request_id", "ticket_url"]) formless.delete(free);
  assert.deepEqual([...formless], []);
  assert.deepEqual([...limited], [], "clamped parameters state no maximum");
});

Deno.test("every reference of the document leads somewhere", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  const text = JSON.stringify(document);
  for (const [, ref] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = ref!.split("/").reduce((node: Json, key) => node?.[key], document);
    assert.ok(found, ref);
  }
});
