import type { Env } from "@evently/shared/config";

/** Deno Deploy kills an instance so long after its SIGINT. */
export const KILLED_AFTER_MS = 5_000;
const STOP_GRACE = "2s";
/** Handing over, closing, and writing the last lines of the log (a second) take no more than the rest of the time. */
export const CLOSE_TIMEOUT_MS = 800;

/** Has an instance finish its requests before Deno Deploy kills it; workers elsewhere take over what is left. */
export function withShortStop(env: Env): Env {
  return { ...env, STOP_GRACE: env.STOP_GRACE?.trim() || STOP_GRACE };
}
