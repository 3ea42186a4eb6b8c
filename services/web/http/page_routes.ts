import { type AppEnv, prefersHtml, schemeOf } from "@evently/shared/http";
import { within } from "@evently/shared/within";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { type Build, NotBuilt, readBuild } from "./built.ts";
import type { WebDeps } from "./deps.ts";
import { documentOf } from "./document.ts";
import { jsonLdOf } from "./json_ld.ts";
import { pagePolicy } from "./page_policy.ts";

/** Longest wait for the services while a page is rendered; past it the page is a shell. */
const SERVICES_TIMEOUT_MS = 2_000;
/** Pages that are the same for all may be shared for a moment, and shown while a new one is made. */
const SHARED_CACHE = "public, max-age=0, s-maxage=5, stale-while-revalidate=60";
const BROTLI_QUALITY = 4;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Middleware that answers every path that no route has with a page, for clients that prefer HTML. It is no route, as a
 * route for all paths would make unknown ones known.
 */
export function renderPages(deps: WebDeps): MiddlewareHandler<AppEnv> {
  const render = createRenderer(deps);
  return async function renderPages(c, next) {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isRead || !prefersHtml(c)) return await next();
    c.get("logFields").route = "page";
    return await render(c);
  };
}

function createRenderer(deps: WebDeps): (c: Context<AppEnv>) => Promise<Response> {
  const isDevelopment = deps.environment === "development";
  let built: Promise<Build> | undefined;
  // In development each page may be the first one of a new build.
  const buildNow = () => isDevelopment ? readBuild() : built ??= readBuild();
  return async function renderPageOf(c) {
    const build = await buildNow().catch((error) => {
      built = undefined;
      if (error instanceof NotBuilt) return error;
      throw error;
    });
    if (build instanceof NotBuilt) return c.text(`${build.message}\n`, 503);
    // React and the pages are loaded with the first page, so that an API that nobody looks at starts without them.
    const { renderPage } = await import("../app/server.tsx");
    const url = new URL(c.req.url);
    const origin = deps.publicUrl ?? `${schemeOf(c.req.raw, c.env)}://${url.host}`;
    const requestId = c.get("requestId");
    const page = await renderPage(url.pathname + url.search, {
      origin,
      development: isDevelopment,
      send: (request) =>
        within(SERVICES_TIMEOUT_MS, deps.fetchApi(request, { requestId }), tooSlow),
    });
    const rendered = page.traits.rendered === true && page.status === 200;
    const html = documentOf({
      build,
      language: "en",
      head: page.head,
      html: page.html,
      state: page.state,
      jsonLd: jsonLdOf(url.pathname, { queryClient: page.queryClient, origin }),
      inlineStyles: rendered,
      reloads: deps.reloadsPages === true,
    });
    c.header("Content-Security-Policy", pagePolicy(rendered ? build.styles.text : undefined));
    c.header("Cache-Control", rendered ? SHARED_CACHE : "private, no-store");
    if (page.traits.secretAddress) {
      c.header("Referrer-Policy", "no-referrer");
      c.header("X-Robots-Tag", "noindex");
    }
    return await answer(c, { html, status: page.status, tagged: rendered });
  };
}

/** Sends the page in the encoding that the client takes, or nothing where it has the same page already. */
async function answer(
  c: Context<AppEnv>,
  { html, status, tagged }: { html: string; status: 200 | 404 | 503; tagged: boolean },
): Promise<Response> {
  c.header("Vary", "Accept, Accept-Encoding");
  c.header("Content-Type", "text/html; charset=utf-8");
  if (status === 503) c.header("Retry-After", "2");
  if (tagged) {
    const tag = `W/"${createHash("sha256").update(html).digest("base64url").slice(0, 22)}"`;
    c.header("ETag", tag);
    if (c.req.header("If-None-Match") === tag) return c.body(null, 304);
  }
  const accepted = c.req.header("Accept-Encoding") ?? "";
  const bytes = new TextEncoder().encode(html);
  if (/\bbr\b/.test(accepted)) {
    c.header("Content-Encoding", "br");
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    return c.body(new Uint8Array(await brotli(bytes, { params })), status);
  }
  if (/\bgzip\b/.test(accepted)) {
    c.header("Content-Encoding", "gzip");
    return c.body(new Uint8Array(await gzipped(bytes)), status);
  }
  return c.body(bytes, status);
}

function tooSlow(): never {
  throw new Error(`no answer within ${SERVICES_TIMEOUT_MS} ms`);
}
