import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the page runs in a browser: `false` on the server and in the render that takes its markup over. */
export function useMounted(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}
