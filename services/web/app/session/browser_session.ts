import { noSession, type Session } from "./session.ts";

/** Longest wait for an answer of the API. */
const TIMEOUT_MS = 10_000;

/** The log-in of this browser. */
export function openSession(): Session {
  return {
    ...noSession(),
    send: (request) => fetch(new Request(request, { signal: AbortSignal.timeout(TIMEOUT_MS) })),
  };
}
