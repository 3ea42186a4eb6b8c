import { createRoutes, originOf, prefersHtml } from "@evently/shared/http";
import type { GatewayDeps } from "../deps.ts";
import { curlOf, EXAMPLES } from "./examples.ts";

/** `/` lists the endpoints as JSON for programs. People get the web application's home page. */
export function indexRoutes({ publicUrl }: Pick<GatewayDeps, "publicUrl">) {
  const routes = createRoutes();
  routes.get("/", async (c, next) => {
    if (prefersHtml(c)) return await next();
    c.header("Vary", "Accept");
    // What depends on how this client has come is nobody else's.
    if (publicUrl === undefined) c.header("Cache-Control", "no-store");
    const origin = originOf({ publicUrl }, c);
    return c.json({
      name: "Evently",
      docs: `${origin}/docs`,
      openapi: `${origin}/openapi.json`,
      endpoints: EXAMPLES.map((example) => ({
        method: example.method,
        path: example.path,
        does: example.does,
        example: curlOf(example, origin),
      })),
    }, 200);
  });
  return routes;
}
