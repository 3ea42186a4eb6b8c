import type { Clock } from "@evently/shared/clock";
import { splitLanguage } from "@evently/shared/languages";
import { within } from "@evently/shared/within";
import { LRUCache } from "lru-cache";
import { createHash } from "node:crypto";
import { isConsolePath } from "../app/console_path.ts";
import { type Build, NotBuilt, readBuild } from "./built.ts";
import type { WebDeps } from "./deps.ts";
import { documentOf } from "./document.ts";
import { EncodedBody } from "./encoded_body.ts";
import { jsonLdOf } from "./json_ld.ts";
import { pagePolicy } from "./page_policy.ts";

/** Longest wait for all data of a page together; past it the page is a shell. */
const SERVICES_TIMEOUT_MS = 1_500;
/** Pages that are the same for all may be shared for a moment, and shown while a new one is made. */
const SHARED_CACHE = "public, max-age=0, s-maxage=5, stale-while-revalidate=60";
/** A page is given to all who ask for it within this time: rendering is what a rush on an event page would cost. */
const KEPT_MS = 1_000;
/** About 20 MB. */
const MAX_KEPT = 400;

/** A page is at another address. */
export interface RedirectedDocument {
  redirect: string;
}

/** A page, ready to be sent to anybody. */
export interface RenderedDocument {
  status: 200 | 404 | 503;
  headers: Readonly<Record<string, string>>;
  body: EncodedBody;
}

/** Which page, and for which request. */
export interface PageRequest {
  /** Path and search of the address. */
  href: string;
  origin: string;
  requestId: string;
}

/**
 * Renders pages; one second of each is shared by all who ask for it. No page depends on who asks.
 *
 * @throws {NotBuilt} there is no build
 */
export type PageRenderer = (request: PageRequest) => Promise<RenderedDocument | RedirectedDocument>;

/** Makes a renderer of pages. */
export function createPageRenderer(deps: WebDeps): PageRenderer {
  const buildNow = createBuildReader(deps);
  const kept = createMemory(deps.clock);
  return async function renderPage(request) {
    const build = await buildNow();
    const key = `${build.script} ${request.origin} ${request.href}`;
    return await kept(key, () => makeDocument(deps, { build, request }));
  };
}

/** The build is read once; in development each page may be the first one of a new build. */
function createBuildReader({ environment }: WebDeps): () => Promise<Build> {
  let built: Promise<Build> | undefined;
  return async function buildNow() {
    if (environment === "development") return await readBuild();
    try {
      return await (built ??= readBuild());
    } catch (error) {
      if (error instanceof NotBuilt) built = undefined;
      throw error;
    }
  };
}

type Made = RenderedDocument | RedirectedDocument;

function createMemory(clock: Clock) {
  const entries = new LRUCache<string, { begunMs: number; made: Promise<Made> }>({
    max: MAX_KEPT,
  });
  return async function kept(key: string, make: () => Promise<Made>) {
    const nowMs = clock.now().getTime();
    const known = entries.get(key);
    if (known && nowMs - known.begunMs < KEPT_MS) return await known.made;
    const entry = { begunMs: nowMs, made: make() };
    entries.set(key, entry);
    entry.made.catch(() => entries.peek(key) === entry && entries.delete(key));
    return await entry.made;
  };
}

async function makeDocument(
  deps: WebDeps,
  { build, request: { href, origin, requestId } }: { build: Build; request: PageRequest },
): Promise<Made> {
  // React and the pages are loaded with the first page, so that an API that nobody looks at starts without them.
  const { renderPage } = await import("../app/server.tsx");
  const development = deps.environment === "development";
  const key = deps.stripePublishableKey;
  const deadlineMs = performance.now() + SERVICES_TIMEOUT_MS;
  const page = await renderPage(href, {
    origin,
    development,
    payments: key === undefined
      ? { provider: "mock" }
      : { provider: "stripe", publishableKey: key },
    send(request) {
      const leftMs = Math.max(0, deadlineMs - performance.now());
      return within(leftMs, deps.fetchApi(request, { requestId }), tooSlow);
    },
  });
  if ("redirect" in page) return page;
  const { language, path } = splitLanguage(new URL(href, origin).pathname);
  const isConsole = isConsolePath(path);
  const isRendered = page.traits.rendered === true && page.status === 200;
  const html = documentOf({
    build,
    language,
    head: page.head,
    html: page.html,
    state: page.state,
    jsonLd: jsonLdOf(path, { queryClient: page.queryClient, origin }),
    inlineStyles: isRendered,
    shellOf: page.traits.source,
    isConsole,
    reloads: deps.reloadsPages === true,
  });
  const headers: Record<string, string> = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": pagePolicy({
      inlineStyle: isRendered ? build.styles.text : undefined,
      takesStripe: page.traits.pays === true && key !== undefined,
    }),
    "Cache-Control": isRendered ? SHARED_CACHE : "private, no-store",
    Vary: "Accept, Accept-Encoding",
  };
  if (isRendered) headers.ETag = tagOf(html);
  if (page.status === 503) headers["Retry-After"] = "2";
  if (page.traits.secretAddress) headers["Referrer-Policy"] = "no-referrer";
  if (page.traits.secretAddress || isConsole) headers["X-Robots-Tag"] = "noindex";
  return { status: page.status, headers, body: new EncodedBody(html) };
}

function tagOf(html: string): string {
  return `W/"${createHash("sha256").update(html).digest("base64url").slice(0, 22)}"`;
}

function tooSlow(): never {
  throw new Error(`the services took longer than ${SERVICES_TIMEOUT_MS} ms`);
}
