import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";
import { readBuiltFile } from "./built.ts";
import { acceptedEncodings } from "./encoded_body.ts";

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
  json: "application/json",
};

/** `/assets/*`: files of the build. Their names have a hash, so each is kept for a year. */
export function assetRoutes() {
  const routes = createRoutes();
  routes.get("/assets/:name", async (c) => {
    const name = c.req.param("name");
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
    const file = type &&
      await readBuiltFile(name, acceptedEncodings(c.req.header("Accept-Encoding")));
    if (!file) throw new DomainError("NOT_FOUND");
    c.header("Content-Type", type);
    c.header("Vary", "Accept-Encoding");
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    if (file.encoding) c.header("Content-Encoding", file.encoding);
    return c.body(file.bytes);
  });
  return routes;
}
