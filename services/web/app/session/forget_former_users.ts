import type { QueryClient } from "@tanstack/react-query";
import type { Session } from "./session.ts";

/** After a log-out, or a log-in of somebody else, nothing that was read for the former user is left. */
export function forgetFormerUsers(session: Session, queryClient: QueryClient): void {
  let last: string | undefined;
  session.subscribe(() => {
    const state = session.state();
    const userId = state.status === "in" ? state.user.userId : undefined;
    const former = last;
    last = userId;
    if (former === undefined || former === userId) return;
    // Pages have seen it by then, so nothing is read for a user who is gone.
    setTimeout(() => {
      queryClient.removeQueries({ type: "inactive" });
      void queryClient.resetQueries();
    });
  });
}
