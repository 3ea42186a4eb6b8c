import type { Context } from "hono";
import { DomainError } from "../errors.ts";
import { requiredText } from "./schemas.ts";

/**
 * A text that a request may carry in a header: `parameter` documents it in a route's `parameters`, `read`
 * answers it. A route's `request.headers` would have all headers of each request read to find the one.
 */
export function optionalHeader(name: string, { max_chars }: { max_chars: number }) {
  const schema = requiredText(name, { max: max_chars });
  return {
    parameter: {
      in: "header",
      name,
      required: false,
      schema: { type: "string", minLength: 1, maxLength: max_chars },
    },
    /** @throws {DomainError} `VALIDATION_FAILED`: it is there, and empty or too long */
    read(c: Context): string | undefined {
      const text = c.req.header(name);
      if (text === undefined) return undefined;
      const { data, error } = schema.safeParse(text);
      if (!error) return data;
      const { message } = error.issues[0]!;
      const details = [{ path: name.toLowerCase(), message }];
      throw new DomainError("VALIDATION_FAILED", message, { details });
    },
  } as const;
}
