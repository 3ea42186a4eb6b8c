import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { bookingsChanged } from "../../api/bookings.ts";
import { ApiError, Unreachable } from "../../api/errors.ts";
import { WAITLIST_KEY } from "../../api/waitlist.ts";

/** How far something is that one does on this page. */
export type ActionState =
  | { kind: "idle" }
  | { kind: "busy" }
  | { kind: "limited"; retryAfterS: number }
  | { kind: "refused"; code: string }
  | { kind: "unreachable" };

/** An action, one at a time. */
export interface Action {
  state: ActionState;
  isBusy: boolean;
  /** Sends it, then reads the place and the bookings again, whatever came of it. @returns whether it was done */
  run(send: () => Promise<unknown>): Promise<boolean>;
}

const IDLE: ActionState = { kind: "idle" };
/** Where a 429 does not say when to come back. */
const DEFAULT_RETRY_AFTER_S = 60;
const SECOND_MS = 1_000;

/** What joining, changing, leaving, taking and passing on have in common. */
export function useAction(): Action {
  const queryClient = useQueryClient();
  const [state, setState] = useState<ActionState>(IDLE);
  useEffect(() => {
    if (state.kind !== "limited") return;
    const timer = setTimeout(() => setState(IDLE), state.retryAfterS * SECOND_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return {
    state,
    isBusy: state.kind === "busy",
    async run(send) {
      if (state.kind === "busy" || state.kind === "limited") return false;
      setState({ kind: "busy" });
      const outcome = await send().then(() => IDLE, stateOf);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: WAITLIST_KEY }),
        bookingsChanged(queryClient),
      ]);
      setState(outcome);
      return outcome === IDLE;
    },
  };
}

function stateOf(error: unknown): ActionState {
  if (error instanceof Unreachable) return { kind: "unreachable" };
  if (!(error instanceof ApiError)) throw error;
  const { status, code, retryAfterS } = error;
  if (status === 429) return { kind: "limited", retryAfterS: retryAfterS ?? DEFAULT_RETRY_AFTER_S };
  return status >= 500 ? { kind: "unreachable" } : { kind: "refused", code };
}
