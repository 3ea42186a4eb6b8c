import type { components } from "@evently/shared/client/gateway";
import { DomainError } from "@evently/shared/errors";
import { BINDING_ORIGIN } from "@evently/shared/services";
import { within } from "@evently/shared/within";
import type { WebDeps } from "./deps.ts";

export type PublicEvent = components["schemas"]["PublicEvent"];

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
  const request = new Request(BINDING_ORIGIN + path);
  const response = await within(TIMEOUT_MS, fetchApi(request, { requestId }), unavailable);
  if (response.ok) return await response.json();
  await response.body?.cancel();
  if (response.status === 404 || response.status === 400) return undefined;
  unavailable();
}

/**
 * Reads one event as the public sees it.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND` for what the public may not see, `UNAVAILABLE` without an answer
 */
export async function readEvent(
  deps: Pick<WebDeps, "fetchApi">,
  id: string,
  requestId: string,
): Promise<PublicEvent> {
  const path = `/api/event/events/${encodeURIComponent(id)}`;
  const event = await readApi<PublicEvent>(deps, path, requestId);
  if (!event) throw new DomainError("EVENT_NOT_FOUND", "public");
  return event;
}

function unavailable(): never {
  throw new DomainError("UNAVAILABLE", "The service does not answer", {
    retryAfterS: RETRY_AFTER_S,
  });
}
