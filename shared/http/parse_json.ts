import { DomainError } from "../errors/mod.ts";

/**
 * Parses a body that its route reads itself, as it may be absent.
 *
 * @throws {DomainError} `INVALID_JSON`
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("INVALID_JSON", "Invalid JSON in request body");
  }
}
