import { type AppEnv, isKnownVersion, originOf, prefersHtml } from "@evently/shared/http";
import type { Context, MiddlewareHandler } from "hono";
import { BROKEN_HEADERS, brokenPage } from "./broken_document.ts";
import { NotBuilt } from "./built.ts";
import type { WebDeps } from "./deps.ts";
import { acceptedEncodings } from "./encoded_body.ts";
import { createPageRenderer, type PageRenderer, type RenderedDocument } from "./page_renderer.ts";

/**
 * Middleware that answers every path that no route has with a page, for clients that prefer HTML. It is no route, as a
 * route for all paths would make unknown ones known.
 */
export function renderPages(
  deps: WebDeps,
  render: PageRenderer = createPageRenderer(deps),
): MiddlewareHandler<AppEnv> {
  return async function renderPages(c, next) {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isRead || !prefersHtml(c)) return await next();
    c.get("logFields").route = "page";
    const url = new URL(c.req.url);
    const origin = originOf(deps, c);
    try {
      const href = url.pathname + url.search;
      const page = await render({ href, origin, requestId: c.get("requestId") });
      return "redirect" in page ? redirected(c, page.redirect) : await send(c, page);
    } catch (error) {
      if (error instanceof NotBuilt) return c.text(`${error.message}\n`, 503);
      c.get("logFields").cause = error instanceof Error ? error.stack : String(error);
      return c.html(brokenPage(c.get("requestId")), 500, BROKEN_HEADERS);
    }
  };
}

/** Sends a page in the encoding that the client takes, or nothing where it has the same page already. */
async function send(
  c: Context<AppEnv>,
  { status, headers, body }: RenderedDocument,
): Promise<Response> {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  const { ETag: tag } = headers;
  if (tag !== undefined && isKnownVersion(tag, c.req.header("If-None-Match"))) {
    return c.body(null, 304);
  }
  const [encoding] = acceptedEncodings(c.req.header("Accept-Encoding"));
  if (encoding) c.header("Content-Encoding", encoding);
  return c.body(await body.bytes(encoding), status);
}

/** Sends the client to the page's own address, such as one without parameters that mean nothing. */
function redirected(c: Context<AppEnv>, location: string): Response {
  c.header("Vary", "Accept");
  c.header("Cache-Control", "private, no-store");
  return c.redirect(location, 302);
}
