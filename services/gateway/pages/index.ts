import { createRoutes, schemeOf } from "@evently/shared/http";
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { GatewayDeps } from "../deps.ts";
import { curlOf, EXAMPLES } from "./examples.ts";
import { WELCOME_POLICY, welcomePage } from "./welcome.ts";

/** `/`: what there is, as JSON for programs and as a page for people. */
export function indexRoutes(
  { environment, publicUrl }: Pick<GatewayDeps, "environment" | "publicUrl">,
) {
  const routes = createRoutes();
  routes.get("/", (c) => {
    c.header("Vary", "Accept");
    // What depends on how this client has come is nobody else's.
    if (publicUrl === undefined) c.header("Cache-Control", "no-store");
    const origin = publicUrl ?? originOf(c);
    if (prefersHtml(c)) {
      c.header("Content-Security-Policy", WELCOME_POLICY);
      return c.html(welcomePage({ origin, environment }));
    }
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

function prefersHtml(c: Context): boolean {
  const type = accepts(c, {
    header: "Accept",
    supports: ["application/json", "text/html"],
    default: "application/json",
  });
  return type === "text/html";
}

/** How the client calls us; behind a proxy that ends TLS, the scheme is the one that it reports. */
function originOf(c: Context): string {
  return `${schemeOf(c.req.raw, c.env)}://${new URL(c.req.url).host}`;
}
