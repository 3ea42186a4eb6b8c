import assert from "node:assert/strict";
import type { Request } from "playwright-core";
import { untilQuiet } from "./quiet.ts";
import { KB, SCRIPT_LIMIT } from "./sizes.ts";
import { webSuite } from "./suite.ts";

/** All that the first page loads beside script: document, styles, faces, covers. */
const ALL_ELSE_LIMIT = 100 * KB;

webSuite().test("the first page, as a browser loads it, keeps to its budgets", async (t) => {
  const page = await t.page();
  const requests: Request[] = [];
  page.on("requestfinished", (request) => requests.push(request));
  await untilQuiet(page, () => page.goto("/"));
  const bytes = { script: 0, else: 0 };
  for (const request of requests) {
    const { responseBodySize } = await request.sizes();
    bytes[request.resourceType() === "script" ? "script" : "else"] += responseBodySize;
  }
  assert.ok(bytes.script > 0 && bytes.script <= SCRIPT_LIMIT, `script: ${bytes.script} bytes`);
  assert.ok(bytes.else > 0 && bytes.else <= ALL_ELSE_LIMIT, `all else: ${bytes.else} bytes`);
});
