/** What the address of a waitlist asks for: a number of tickets, and a type. */
export interface WaitlistSearch {
  n?: number;
  type?: string;
}

/** More is never asked for; the event's own limits are narrower. */
const MAX_COUNT = 100;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the search parameters; what is none of them is left out. */
export function waitlistSearch({ n, type }: Record<string, unknown>): WaitlistSearch {
  const count = Number(n);
  return {
    ...(Number.isInteger(count) && count > 0 && count <= MAX_COUNT ? { n: count } : {}),
    ...(typeof type === "string" && UUID.test(type) ? { type } : {}),
  };
}
