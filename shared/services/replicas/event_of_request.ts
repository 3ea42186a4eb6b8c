const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
/** The event of a path such as `/api/v1/events/{id}/live` or `/internal/events/{id}/takings`. */
const IN_PATH = new RegExp(`/events/(${ID})(?:[/?]|$)`, "i");
const IN_QUERY = new RegExp(`[?&]event_id=(${ID})(?:&|$)`, "i");
/** The first event that a JSON body names, at any depth. */
const IN_BODY = new RegExp(`"event_id"\\s*:\\s*"(${ID})"`, "i");

/**
 * The event that a request is about, from its path, its query or its JSON body, in lower case; `undefined` if it names
 * none. Nothing is validated: this only keeps requests for an event together.
 */
export function eventOfRequest(target: string, body?: string): string | undefined {
  const found = IN_PATH.exec(target) ?? IN_QUERY.exec(target) ??
    (body === undefined ? undefined : IN_BODY.exec(body));
  return found?.[1]?.toLowerCase();
}
