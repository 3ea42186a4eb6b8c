import type { Context } from "hono";
import { DomainError } from "@evently/shared/errors";
import { CancelEventRequest } from "../schemas/event_requests.ts";

/** The body of a route that reads its version by {@link readVersion}, for the OpenAPI document only. */
export const VERSION_BODY = {
  content: {
    "application/json": {
      schema: { type: "object" as const, properties: { version: { type: "integer" as const } } },
    },
  },
};

/**
 * The version that a body names. A `DELETE` may have no body, also where it says that it has JSON.
 *
 * @throws {DomainError} `INVALID_JSON`, `VALIDATION_FAILED`
 */
export async function readVersion(c: Context): Promise<number | undefined> {
  const text = await c.req.text();
  if (text === "") return undefined;
  const body = CancelEventRequest.safeParse(parseJson(text));
  if (body.success) return body.data.version ?? undefined;
  const message = body.error.issues[0]?.message ?? "Invalid request";
  throw new DomainError("VALIDATION_FAILED", message, { details: [{ path: "version", message }] });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("INVALID_JSON", "Invalid JSON in request body");
  }
}
