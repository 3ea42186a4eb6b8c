import { createRoutes, originOf } from "@evently/shared/http";
import { languagePath, LANGUAGES } from "@evently/shared/languages";
import type { WebDeps } from "./deps.ts";
import { createSitemap } from "./sitemap.ts";

const DAY_CACHE = "public, max-age=86400";
/** The site map is made anew after as long. */
const SITEMAP_CACHE = "public, max-age=600";

/** Where search engines find nothing, in any language: pages of persons. */
const PRIVATE = [
  "/account",
  "/checkout/",
  "/console",
  "/forgot",
  "/login",
  "/register",
  "/reset",
  "/tickets/",
  "/verify",
  "/waitlist/",
];

/** `/robots.txt`, `/sitemap.xml`, `/manifest.webmanifest`: what programs ask about the site. */
export function siteRoutes(deps: WebDeps) {
  const routes = createRoutes();
  const sitemap = createSitemap(deps);
  routes.get("/robots.txt", (c) => {
    c.header("Cache-Control", DAY_CACHE);
    const pages = LANGUAGES.flatMap((language) =>
      PRIVATE.map((path) => languagePath(language) + path)
    );
    const rules = [...pages, "/api/"].map((path) => `Disallow: ${path}\n`).join("");
    return c.text(
      `User-agent: *\nAllow: /\n${rules}\nSitemap: ${originOf(deps, c)}/sitemap.xml\n`,
    );
  });
  routes.get("/sitemap.xml", async (c) => {
    const xml = await sitemap(originOf(deps, c), c.get("requestId"));
    c.header("Content-Type", "application/xml; charset=utf-8");
    c.header("Cache-Control", SITEMAP_CACHE);
    return c.body(xml);
  });
  routes.get("/manifest.webmanifest", (c) => {
    c.header("Content-Type", "application/manifest+json");
    c.header("Cache-Control", DAY_CACHE);
    return c.body(MANIFEST);
  });
  return routes;
}

const MANIFEST = JSON.stringify({
  name: "Evently",
  short_name: "Evently",
  description: "Tickets for concerts, plays, matches and fairs",
  id: "/",
  start_url: "/",
  scope: "/",
  display: "minimal-ui",
  background_color: "#ffffff",
  theme_color: "#17131f",
  icons: [
    { src: "/favicon.svg", type: "image/svg+xml", sizes: "any", purpose: "any" },
    { src: "/icons/192.png", type: "image/png", sizes: "192x192", purpose: "any maskable" },
    { src: "/icons/512.png", type: "image/png", sizes: "512x512", purpose: "any maskable" },
  ],
});
