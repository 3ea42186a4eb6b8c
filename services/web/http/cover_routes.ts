import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";
import { coverSvg } from "../cover/cover.ts";

/** Kinds of events are no longer. */
const MAX_KIND_LENGTH = 40;
const FILE = /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\.svg$/i;
/** A cover opened on its own is a document, which may load and run nothing. */
const POLICY = "default-src 'none'; sandbox";

/** `/covers/{kind}/{id}.svg`: generated covers. The same address is the same picture, so it is kept for a year. */
export function coverRoutes() {
  const routes = createRoutes();
  routes.get("/covers/:kind/:file", (c) => {
    const { kind, file } = c.req.param();
    const [, id] = FILE.exec(file) ?? [];
    if (id === undefined || kind.length > MAX_KIND_LENGTH) throw new DomainError("NOT_FOUND");
    c.header("Content-Type", "image/svg+xml");
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    c.header("Content-Security-Policy", POLICY);
    return c.body(coverSvg(kind, id.toLowerCase()));
  });
  return routes;
}
