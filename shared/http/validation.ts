import type { Context } from "hono";
import type { z } from "zod";
import type { ErrorDetail } from "../errors/mod.ts";
import "./validation_texts.ts";
import { respondError } from "./errors.ts";
import type { AppEnv } from "./types.ts";

/** The result that the validator passes to its hook. */
type Validation =
  | { success: true; target?: string }
  | { success: false; error: z.core.$ZodError; target?: string };

/**
 * Answers what a schema refused. The text is the most telling message: that something is missing
 * comes before that something else is malformed, as clients of the old system expect.
 */
export function respondInvalid(result: Validation, c: Context): Response | undefined {
  if (result.success) return result.target === "json" ? respondBodiless(c) : undefined;
  const { issues } = result.error;
  const details: ErrorDetail[] = issues.map(({ path, message }) => ({
    path: path.join("."),
    message,
  }));
  const telling = issues.find(isMissing) ?? issues[0];
  return respondError(c as Context<AppEnv>, {
    code: "VALIDATION_FAILED",
    message: telling?.message ?? "Invalid request",
    details,
  });
}

/** Refuses a request that may leave out every field of its body, but not the body. */
function respondBodiless(c: Context): Response | undefined {
  // The server gives a request without any of a body's headers an empty stream.
  if ((c as Context<AppEnv>).get("hasBody")) return undefined;
  return respondError(c as Context<AppEnv>, {
    code: "INVALID_JSON",
    message: "Invalid JSON: the request has no body",
  });
}

/** Marks the message of a field that is not there; see {@link isMissing}. */
const MISSING = /(?:is|are) required$/;

function isMissing({ message }: z.core.$ZodIssue): boolean {
  return MISSING.test(message);
}
