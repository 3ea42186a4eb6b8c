import { DomainError } from "@evently/shared/errors";
import { within } from "@evently/shared/within";
import type { WebDeps } from "./deps.ts";

/** Longest wait for an answer of a service. */
const TIMEOUT_MS = 2_000;
const RETRY_AFTER_S = 2;

/**
 * Reads from the public API for what is no page.
 *
 * @returns `undefined` where there is no such thing, or where the path cannot be one
 * @throws {DomainError} `UNAVAILABLE`: no answer
 */
export async function readApi<Body>(
  { fetchApi }: Pick<WebDeps, "fetchApi">,
  path: string,
  requestId: string,
): Promise<Body | undefined> {
  const request = new Request(new URL(path, "http://gateway.invalid"));
  const response = await within(TIMEOUT_MS, fetchApi(request, { requestId }), unavailable);
  if (response.ok) return await response.json();
  await response.body?.cancel();
  if (response.status === 404 || response.status === 400) return undefined;
  unavailable();
}

function unavailable(): never {
  throw new DomainError("UNAVAILABLE", "The service does not answer", {
    retryAfterS: RETRY_AFTER_S,
  });
}
