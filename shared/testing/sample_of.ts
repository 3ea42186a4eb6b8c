import { newId } from "../ids.ts";

// deno-lint-ignore no-explicit-any -- parts of an OpenAPI document, and values of any shape
type Json = any;

/**
 * A value of a schema of an OpenAPI document: what is required, and else the first field, so that an update changes
 * something.
 *
 * @param options.ids texts of fields by their name; other ids are random
 */
export function sampleOf(
  document: Json,
  schema: Json,
  { ids, name = "" }: { ids: Readonly<Record<string, string>>; name?: string },
): Json {
  if (schema.$ref) {
    const named = schema.$ref.split("/").at(-1);
    return sampleOf(document, document.components.schemas[named], { ids, name });
  }
  const [one] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (one) return sampleOf(document, one, { ids, name });
  if (schema.enum) return schema.enum[0];
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object": {
      const properties: [string, Json][] = Object.entries(schema.properties ?? {});
      const wanted = schema.required ?? properties.slice(0, 1).map(([property]) => property);
      return Object.fromEntries(
        properties.filter(([property]) => wanted.includes(property))
          .map((
            [property, inner],
          ) => [property, sampleOf(document, inner, { ids, name: property })]),
      );
    }
    case "array":
      return [sampleOf(document, schema.items, { ids, name })];
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return true;
    default:
      return text(name, ids);
  }
}

const DAY_MS = 24 * 3_600_000;

function text(name: string, ids: Readonly<Record<string, string>>): string {
  if (ids[name] !== undefined) return ids[name];
  if (name.endsWith("_id")) return newId();
  if (name === "email") return `${newId()}@example.com`;
  if (name === "url") return "https://hooks.example.com/evently";
  if (/^(start|end)_datetime$/.test(name)) {
    const days = name === "start_datetime" ? 400 : 401;
    return new Date(Date.now() + days * DAY_MS).toISOString();
  }
  return `text ${newId()}`;
}
