import assert from "node:assert/strict";
import { startTestPlatform } from "./platform.ts";

// deno-lint-ignore no-explicit-any -- any part of the document
type Json = any;

/** Yields the schema of every parameter and every property, with its name. */
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

Deno.test("the OpenAPI document lists every status that an operation can return", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  let operations = 0;
  for (const [path, item] of Object.entries<Json>(document.paths)) {
    for (const [method, operation] of Object.entries<Json>(item)) {
      operations++;
      const documented = Object.keys(operation.responses);
      const required = ["400", "429", "503", ...operation.requestBody ? ["408", "413"] : []];
      if (operation.security.length > 0) required.push("401");
      assert.deepEqual(
        required.filter((status) => !documented.includes(status)),
        [],
        `${method} ${path}`,
      );
      assert.ok(documented.some((status) => status.startsWith("2")), `${method} ${path}`);
    }
  }
  assert.ok(operations > 30, `${operations} operations`);
});

Deno.test("the OpenAPI document gives a format to every structured string", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  const unformatted = new Set<string>();
  const limited = new Set<string>();
  for (const [name, schema] of namedSchemas(document)) {
    const hasForm =
      /^(?:email|currency|timezone|.*_(?:id|at|datetime|date|from|to|url)|last_updated)$/.test(
        name,
      );
    if (hasForm && isFreeText(schema)) unformatted.add(name);
    if ((name === "page" || name === "limit") && "maximum" in schema) limited.add(name);
  }
  // Free text: an id of the payment provider, an id of the caller, and a relative path.
  for (const free of ["transaction_id", "request_id", "ticket_url"]) unformatted.delete(free);
  assert.deepEqual([...unformatted], []);
  assert.deepEqual([...limited], [], "clamped parameters state no maximum");
});

Deno.test("every $ref of the OpenAPI document resolves", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  const text = JSON.stringify(document);
  for (const [, ref] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = ref!.split("/").reduce((node: Json, key) => node?.[key], document);
    assert.ok(found, ref);
  }
});
