import { createRoutes, inlineSource, isKnownVersion, policyOf } from "@evently/shared/http";
import { accepts } from "hono/accepts";
import { html, raw } from "hono/html";
import { FAVICON_PATH } from "./favicon.ts";
import { type PackedText, packText } from "./packed_text.ts";
import { scalarScript } from "./scalar_script.ts";

const SCRIPT_PATH = "/docs/scalar.js";
const SCRIPT_MAX_AGE_S = 86_400;

/** All that Scalar would fetch from elsewhere is off, and the policy below would not let it. Tokens are not kept. */
const SCALAR_OPTIONS = JSON.stringify({
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  persistAuth: false,
});
const START = `Scalar.createApiReference("#reference", ${SCALAR_OPTIONS});`;

const POLICY = policyOf({
  "connect-src": ["'self'"],
  "script-src": ["'self'", inlineSource(START)],
  // Scalar makes its styles as it runs.
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'", "data:"],
});

/** `/docs`: the API reference, with nothing in it that needs the internet. */
export function docsRoutes() {
  let script: Promise<PackedText> | undefined;
  const routes = createRoutes();
  routes.get("/docs", (c) => {
    c.header("Content-Security-Policy", POLICY);
    return c.html(page());
  });
  routes.get(SCRIPT_PATH, async (c) => {
    script ??= scalarScript().then(packText);
    const packed = await script;
    c.header("Cache-Control", `public, max-age=${SCRIPT_MAX_AGE_S}`);
    c.header("ETag", packed.etag);
    c.header("Vary", "Accept-Encoding");
    if (isKnownVersion(packed.etag, c.req.header("If-None-Match"))) return c.body(null, 304);
    c.header("Content-Type", "text/javascript; charset=utf-8");
    const encoding = accepts(c, {
      header: "Accept-Encoding",
      supports: ["gzip", "identity"],
      default: "identity",
    });
    if (encoding !== "gzip") return c.body(packed.plain);
    c.header("Content-Encoding", "gzip");
    return c.body(packed.gzipped);
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
        <link rel="icon" href="${FAVICON_PATH}" type="image/svg+xml">
      </head>
      <body>
        <div id="reference"></div>
        <script src="${SCRIPT_PATH}"></script>
        <script>${raw(START)}</script>
      </body>
    </html>
  `;
}
