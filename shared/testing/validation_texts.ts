import assert from "node:assert/strict";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";

type Schema = z.core.$ZodType;

/** Values that most fields refuse: of every type, and beyond every limit. */
const BAD_VALUES: readonly unknown[] = [
  undefined,
  null,
  "",
  " ",
  "nonsense",
  "x".repeat(25_000),
  "\u0000",
  "-1",
  "9".repeat(20),
  true,
  0,
  -1,
  0.123,
  1e300,
  -1e300,
  [],
  [null],
  ["x"],
  [{}],
  Array(2_000).fill({}),
  {},
  { unheard: "of" },
];

/** Maximum nesting of schemas that are tried. */
const MAX_DEPTH = 6;

/** Dependencies of an app whose routes are never called: every property exists and does nothing. */
// deno-lint-ignore no-explicit-any -- stands for the dependencies of any app
export function anyDeps(): any {
  return new Proxy(() => {}, {
    get: (_target, name) => name === "internalApiKeys" ? ["any key"] : anyDeps(),
    apply: () => anyDeps(),
  });
}

/** Schema of a request part; `name` is its method, path and part. */
interface RequestSchema {
  name: string;
  schema: Schema;
}

/** Returns the schemas of all bodies, queries and path parameters of an app's routes. */
// deno-lint-ignore no-explicit-any -- apps of any environment
export function requestSchemasOf(app: OpenAPIHono<any>): RequestSchema[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== "route") return [];
    const { method, path, request } = definition.route;
    const content = request?.body?.content["application/json"];
    const body = content && "schema" in content ? content.schema : undefined;
    return Object.entries({ body, query: request?.query, params: request?.params })
      .filter((entry): entry is [string, Schema & typeof entry[1]] =>
        entry[1] !== undefined && "_zod" in entry[1]
      )
      .map(([part, schema]) => ({ name: `${method} ${path} ${part}`, schema }));
  });
}

/**
 * Tries bad values in every field of every request; asserts that each error has the field's path, is written by us
 * instead of the validation library, and contains a word of the field's name.
 *
 * @returns the number of errors seen
 */
// deno-lint-ignore no-explicit-any -- apps of any environment
export function assertOwnTexts(app: OpenAPIHono<any>): number {
  let seen = 0;
  const wrong = new Set<string>();
  for (const { name, schema } of requestSchemasOf(app)) {
    for (const value of badValuesOf(schema)) {
      const { error } = (schema as z.ZodType).safeParse(value);
      for (const { path, message } of error?.issues ?? []) {
        seen++;
        if (isOwn(message) && namesField(message, path)) continue;
        wrong.add(`${name} ${path.join(".")}: ${message}`);
      }
    }
  }
  assert.deepEqual([...wrong], []);
  return seen;
}

/** Phrases of the validation library and of JavaScript. */
const FOREIGN =
  /^(?:Invalid (?:input|option|string|number)|Too (?:big|small))|\b(?:expected|received|undefined|NaN)\b|^Unrecognized/;

function isOwn(message: string): boolean {
  return !FOREIGN.test(message);
}

/** Whether a word of the field's name is in the text: "Base price cannot be negative" names `base_price`. */
function namesField(message: string, path: readonly PropertyKey[]): boolean {
  const field = path.findLast((key) => typeof key === "string");
  if (typeof field !== "string") return message.startsWith("Request body");
  const text = message.toLowerCase();
  return field.split(/_|(?=[A-Z])/).some((word) => text.includes(word.toLowerCase()));
}

function badValuesOf(schema: Schema, depth = 0): unknown[] {
  const plain = unwrap(schema);
  const own = [...BAD_VALUES];
  if (depth >= MAX_DEPTH) return own;
  const { def } = plain._zod;
  if (def.type === "object") {
    const { shape } = def as z.core.$ZodObjectDef;
    for (const [key, field] of Object.entries(shape)) {
      for (const value of badValuesOf(field, depth + 1)) own.push({ [key]: value });
    }
  } else if (def.type === "array") {
    const { element } = def as z.core.$ZodArrayDef;
    for (const value of badValuesOf(element, depth + 1)) own.push([value]);
  }
  return own;
}

/** Returns the schema inside optional, default and transform wrappers. */
function unwrap(schema: Schema): Schema {
  const def = schema._zod.def as { innerType?: Schema; in?: Schema; out?: Schema; type: string };
  if (def.innerType) return unwrap(def.innerType);
  if (def.type === "pipe") {
    const isPreprocess = def.in?._zod.def.type === "transform";
    const inner = isPreprocess ? def.out : def.in;
    return inner ? unwrap(inner) : schema;
  }
  return schema;
}
