const POLL_MS = 500;

/**
 * Ends this process in order when its parent is gone: a run that was killed leaves nothing behind that
 * holds the port. Asking for the parent is the one way to know that also works after `kill -9`.
 */
export function endWithParent(): void {
  const parent = Deno.ppid;
  const timer = setInterval(() => {
    if (Deno.ppid !== parent) Deno.kill(Deno.pid, "SIGTERM");
  }, POLL_MS);
  Deno.unrefTimer(timer);
}
