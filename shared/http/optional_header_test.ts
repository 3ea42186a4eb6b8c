import assert from "node:assert/strict";
import { createRoute, z } from "@hono/zod-openapi";
import { SILENT_LOGGER } from "../log.ts";
import { json } from "./schemas.ts";
import { optionalHeader } from "./optional_header.ts";
import { createServiceApp } from "./service_app.ts";

const NOTE = optionalHeader("X-Note", { maxChars: 5 });

Deno.test("optionalHeader() reads a header and refuses empty and long ones", async () => {
  const app = createServiceApp({ log: SILENT_LOGGER, corsOrigins: "any" }, "test");
  const route = createRoute({
    method: "get",
    path: "/note",
    parameters: [NOTE.parameter],
    responses: { 200: json(z.object({ note: z.string().optional() })) },
  });
  app.openapi(route, (c) => c.json({ note: NOTE.read(c) }, 200));
  const ask = async (headers: Record<string, string>) => {
    const response = await app.request("/note", { headers });
    const { note, error, details } = await response.json();
    return [response.status, note ?? error, details];
  };
  const refusal = (message: string) => [400, message, [{ path: "x-note", message }]];

  assert.deepEqual(await ask({}), [200, undefined, undefined]);
  assert.deepEqual(await ask({ "x-note": " hi " }), [200, "hi", undefined]);
  assert.deepEqual(await ask({ "X-Note": "" }), refusal("X-Note is required"));
  assert.deepEqual(
    await ask({ "X-Note": "\u00e2\u0082\u00ac" }),
    [200, "€", undefined],
  );
  assert.deepEqual(await ask({ "X-Note": "\u00ed\u00a0\u0080" }), refusal("X-Note must be UTF-8"));
  assert.deepEqual(
    await ask({ "X-Note": "longer" }),
    refusal("X-Note must have at most 5 characters"),
  );
});
