import type { Query, QueryClient } from "@tanstack/react-query";
import type { Session } from "./session.ts";

/** After a log-out, or a log-in of somebody else, nothing that was read for the former one is left. */
export function forgetFormer<User>(
  session: Session<User>,
  idOf: (user: User) => string,
  { queryClient, isOwn }: {
    queryClient: QueryClient;
    /** Whether a query may have been answered for whoever is logged in there. */
    isOwn: (query: Query) => boolean;
  },
): void {
  let last: string | undefined;
  session.subscribe(() => {
    const state = session.state();
    const id = state.status === "in" ? idOf(state.user) : undefined;
    const former = last;
    last = id;
    if (former === undefined || former === id) return;
    // Pages have seen it by then, so nothing is read for somebody who is gone.
    setTimeout(() => {
      queryClient.removeQueries({ type: "inactive", predicate: isOwn });
      void queryClient.resetQueries({ predicate: isOwn });
    });
  });
}
