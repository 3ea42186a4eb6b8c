import type { Page, Request } from "playwright-core";

/** Streams of events have no end, so nobody waits for it. */
const STREAM = /\/live$/;
/** So long nothing is asked for, as Playwright itself counts it. */
const QUIET_MS = 500;
const LIMIT_MS = 15_000;

/**
 * Runs what loads a page or a part of it, and waits until nothing but streams is being loaded. Playwright's
 * `networkidle` would wait for the end of those.
 */
export async function untilQuiet(page: Page, load: () => Promise<unknown>): Promise<void> {
  const open = new Set<Request>();
  const quiet = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout>;
  let isLoaded = false;
  const count = () => {
    clearTimeout(timer);
    if (isLoaded && open.size === 0) timer = setTimeout(quiet.resolve, QUIET_MS);
  };
  const begin = (request: Request) => {
    if (!STREAM.test(new URL(request.url()).pathname)) open.add(request);
    count();
  };
  const end = (request: Request) => {
    open.delete(request);
    count();
  };
  page.on("request", begin).on("requestfinished", end).on("requestfailed", end);
  const limit = setTimeout(
    () => quiet.reject(new Error(`still loading: ${[...open].map((one) => one.url())}`)),
    LIMIT_MS,
  );
  try {
    await load();
    isLoaded = true;
    count();
    await quiet.promise;
  } finally {
    clearTimeout(timer!);
    clearTimeout(limit);
    page.off("request", begin).off("requestfinished", end).off("requestfailed", end);
  }
}
