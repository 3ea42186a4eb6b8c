import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the page's program runs: not on the server, nor in the first render. */
export function useIsLive(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}
