import type { Context } from "hono";
import { invalidInput } from "../errors/mod.ts";
import { opaqueText } from "./text_schemas.ts";

const BEYOND_ASCII = /[\u0080-\u00ff]/;

/**
 * An optional text in a header: `parameter` documents it in a route's `parameters`, `read` returns it. A route's
 * `request.headers` would read all headers of each request to find one.
 */
export function optionalHeader(name: string, { maxChars }: { maxChars: number }) {
  const schema = opaqueText(name, { max: maxChars });
  return {
    parameter: {
      in: "header",
      name,
      required: false,
      schema: { type: "string", minLength: 1, maxLength: maxChars },
    },
    /** @throws {DomainError} `VALIDATION_FAILED`: it is there, and empty, too long or no UTF-8 */
    read(c: Context): string | undefined {
      const text = c.req.header(name);
      if (text === undefined) return undefined;
      const { data, error } = schema.safeParse(decoded(name, text));
      if (error) throw invalidInput(name.toLowerCase(), error.issues[0]!.message);
      return data;
    },
  } as const;
}

/** Header bytes are read as Latin-1; decoded, a text is the same one as in a body. */
function decoded(name: string, text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  try {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidInput(name.toLowerCase(), `${name} must be UTF-8`);
  }
}
