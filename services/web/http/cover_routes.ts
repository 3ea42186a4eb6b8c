import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";
import { LRUCache } from "lru-cache";
import { acceptedEncodings, EncodedBody } from "./encoded_body.ts";

/** Kinds of events are no longer. */
const MAX_KIND_LENGTH = 40;
const FILE = /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\.svg$/i;
/** A cover opened on its own is a document, which may load and run nothing. */
const POLICY = "default-src 'none'; sandbox";

/** At most 12 MB: a cover has up to 10 kB, and 1 kB compressed. */
const MAX_KEPT = 1_000;

/** `/covers/{kind}/{id}.svg`: generated covers. The same address is the same picture, so it is kept for a year. */
export function coverRoutes() {
  const routes = createRoutes();
  const covers = new LRUCache<string, EncodedBody>({ max: MAX_KEPT });
  routes.get("/covers/:kind/:file", async (c) => {
    const { kind, file } = c.req.param();
    const [, id] = FILE.exec(file) ?? [];
    if (id === undefined || kind.length > MAX_KIND_LENGTH) throw new DomainError("NOT_FOUND");
    c.header("Content-Type", "image/svg+xml");
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    c.header("Content-Security-Policy", POLICY);
    c.header("Vary", "Accept-Encoding");
    const [encoding] = acceptedEncodings(c.req.header("Accept-Encoding"));
    if (encoding) c.header("Content-Encoding", encoding);
    const cover = await coverOf(kind, id.toLowerCase());
    return c.body(await cover.bytes(encoding));
  });
  return routes;

  async function coverOf(kind: string, id: string): Promise<EncodedBody> {
    const { coverSvg } = await import("../cover/cover.ts");
    const key = `${kind} ${id}`;
    let cover = covers.get(key);
    if (!cover) covers.set(key, cover = new EncodedBody(coverSvg(kind, id)));
    return cover;
  }
}
