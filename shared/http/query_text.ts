import { invalidInput } from "../errors/mod.ts";

const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

/**
 * Refuses a query with escapes that are not UTF-8. Only they can carry a lone surrogate, which would otherwise be
 * searched for as the text of its escapes.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertQueryIsText(url: string): void {
  const begin = url.indexOf("?");
  if (begin !== -1 && url.includes("%", begin)) assertUtf8(url.slice(begin + 1));
}

function assertUtf8(query: string): void {
  for (const pair of query.split("&")) {
    if (pair.match(ESCAPES)?.every(isUtf8) ?? true) continue;
    const [path = ""] = pair.split("=");
    throw invalidInput(path, `${path} must be percent-encoded UTF-8`);
  }
}

function isUtf8(escapes: string): boolean {
  try {
    decodeURIComponent(escapes);
    return true;
  } catch {
    return false;
  }
}
