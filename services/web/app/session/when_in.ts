import type { Session } from "./session.ts";

/** Runs as soon as it is known that somebody is logged in; never for strangers, nor on the server. */
export function whenIn(session: Session, run: () => void): void {
  const check = () => {
    const { status } = session.state();
    if (status === "unknown") return;
    unsubscribe();
    if (status === "in") run();
  };
  const unsubscribe = session.subscribe(check);
  check();
}
