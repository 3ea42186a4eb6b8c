import { createRoutes } from "@evently/shared/http";
import { html, raw } from "hono/html";
import { scalarScript } from "./scalar_script.ts";

const SCRIPT_PATH = "/docs/scalar.js";
const SCRIPT_MAX_AGE_S = 86_400;

/** All that Scalar would fetch from elsewhere is off, and the policy below would not let it. */
const SCALAR_OPTIONS = JSON.stringify({
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  persistAuth: true,
});

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
].join("; ");

/** `/docs`: the API reference, with nothing in it that needs the internet. */
export function docsRoutes() {
  const routes = createRoutes();
  routes.get("/docs", (c) => {
    c.header("Content-Security-Policy", POLICY);
    return c.html(page());
  });
  routes.get(SCRIPT_PATH, async (c) => {
    c.header("Cache-Control", `public, max-age=${SCRIPT_MAX_AGE_S}`);
    c.header("Content-Type", "text/javascript; charset=utf-8");
    return c.body(await scalarScript());
  });
  return routes;
}

function page() {
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Evently API</title>
      </head>
      <body>
        <div id="reference"></div>
        <script src="${SCRIPT_PATH}"></script>
        <script>Scalar.createApiReference("#reference", ${raw(SCALAR_OPTIONS)});</script>
      </body>
    </html>
  `;
}
