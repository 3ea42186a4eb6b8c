import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { ApiError } from "../api/errors.ts";
import { useApp } from "../use_app.ts";

/** Delays before what failed is asked for again: each twice the one before, up to the last. */
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;
/** A first answer that takes longer is said to be slow. */
const SLOW_MS = 1_500;

/** How the page gets on with its data. */
export interface Reach {
  state: "fine" | "slow" | "unreachable";
  /** When the oldest of the data that cannot be brought up to date were loaded, where there are any. */
  shownAtMs: number | undefined;
}

/** Watches the data that the page shows, and asks again for those that got no answer. */
export function useReach(): Reach & { tryAgain: (event: MouseEvent) => void } {
  const { unreachable } = useApp();
  const queryClient = useQueryClient();
  const [reach, setReach] = useState<Reach>({
    state: unreachable ? "unreachable" : "fine",
    shownAtMs: undefined,
  });
  useEffect(() => {
    return watch(queryClient, (next) => {
      setReach((last) => {
        return last.state === next.state && last.shownAtMs === next.shownAtMs ? last : next;
      });
    });
  }, [queryClient]);
  useRetries(queryClient, reach.state === "unreachable");
  return {
    ...reach,
    tryAgain(event) {
      event.preventDefault();
      void refetchFailed(queryClient);
    },
  };
}

function watch(queryClient: QueryClient, tell: (reach: Reach) => void): () => void {
  let slow: ReturnType<typeof setTimeout> | undefined;
  let isSlow = false;
  function look() {
    const active = queryClient.getQueryCache().findAll({ type: "active" });
    const failed = active.filter(hasFailed);
    const waiting = active.some(isFirstFetch);
    if (!waiting) {
      clearTimeout(slow);
      slow = undefined;
      isSlow = false;
    } else {
      slow ??= setTimeout(() => {
        isSlow = true;
        look();
      }, SLOW_MS);
    }
    // The server could not load the first page's data: so it stays until some are there.
    if (failed.length === 0 && waiting && !isSlow) return;
    const shown = failed.map(({ state }) => state.dataUpdatedAt).filter((ms) => ms > 0);
    const state = failed.length > 0 ? "unreachable" : isSlow ? "slow" : "fine";
    tell({ state, shownAtMs: shown.length > 0 ? Math.min(...shown) : undefined });
  }
  look();
  const end = queryClient.getQueryCache().subscribe(look);
  return () => {
    clearTimeout(slow);
    end();
  };
}

/** Asks again while `wanted`, with growing delays, and at once when the page is seen again. */
function useRetries(queryClient: QueryClient, wanted: boolean): void {
  const delay = useRef(FIRST_RETRY_MS);
  useEffect(() => {
    if (!wanted) return;
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    delay.current = FIRST_RETRY_MS;
    async function again() {
      if (document.visibilityState === "visible") await refetchFailed(queryClient);
      delay.current = Math.min(delay.current * 2, LAST_RETRY_MS);
      if (!ended) wait();
    }
    function wait() {
      timer = setTimeout(again, Math.max(delay.current, longestRetryAfterMs(queryClient)));
    }
    function seen() {
      if (document.visibilityState === "visible") void refetchFailed(queryClient);
    }
    wait();
    document.addEventListener("visibilitychange", seen);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [queryClient, wanted]);
}

function refetchFailed(queryClient: QueryClient): Promise<void> {
  // A question under way has tries of its own.
  return queryClient.refetchQueries({ type: "active", predicate: hasFailed }, {
    cancelRefetch: false,
  });
}

/** Whether a query got no answer, or one that says that there is none just now. Refusals are the page's to explain. */
function hasFailed({ state }: Query): boolean {
  const error = state.error ?? state.fetchFailureReason;
  if (!error) return false;
  return !(error instanceof ApiError) || error.status >= 500 || error.status === 429;
}

function isFirstFetch({ state }: Query): boolean {
  return state.data === undefined && state.fetchStatus === "fetching";
}

function longestRetryAfterMs(queryClient: QueryClient): number {
  const seconds = queryClient.getQueryCache().findAll({ type: "active", predicate: hasFailed })
    .map(({ state }) => state.error instanceof ApiError ? state.error.retryAfterS ?? 0 : 0);
  return Math.min(Math.max(0, ...seconds) * 1_000, LAST_RETRY_MS);
}
