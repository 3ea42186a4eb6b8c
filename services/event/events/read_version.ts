import { invalidInput } from "@evently/shared/errors";
import { MAX_INT32, parseJson } from "@evently/shared/http";
import { CancelEventRequest } from "./wire.ts";

/** The body of a route that reads its version by {@link readVersion}, for the OpenAPI document. */
export const VERSION_BODY = {
  content: {
    "application/json": {
      schema: {
        type: "object" as const,
        properties: {
          version: { type: ["integer" as const, "null" as const], minimum: 1, maximum: MAX_INT32 },
        },
      },
    },
  },
};

/**
 * Reads the version that a request names in its body or its query; if in both, they must agree. A `DELETE` may have
 * no body, even with a JSON content type.
 *
 * @throws {DomainError} `INVALID_JSON`, `VALIDATION_FAILED`
 */
export function readVersion(
  body: string,
  { version: inQuery }: { version?: number | undefined },
): number | undefined {
  const inBody = bodyVersion(body);
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw invalidInput("version", "version must be the same in body and query");
  }
  return inBody ?? inQuery;
}

function bodyVersion(text: string): number | undefined {
  if (text === "") return undefined;
  const { data, error } = CancelEventRequest.safeParse(parseJson(text));
  if (!error) return data.version ?? undefined;
  const { path, message } = error.issues[0]!;
  throw invalidInput(path.join("."), message);
}
