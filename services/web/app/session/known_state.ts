import type { Session, SessionState } from "./session.ts";

/** Longest wait for the answer to who is logged in. */
const PATIENCE_MS = 10_000;

/** Who is logged in, once that is known; `unknown` if it is not in time. */
export function knownState(session: Session): Promise<SessionState> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve(session.state());
    };
    const check = () => session.state().status !== "unknown" && end();
    const timer = setTimeout(end, PATIENCE_MS);
    const unsubscribe = session.subscribe(check);
    check();
  });
}
