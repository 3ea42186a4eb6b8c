import { createRoutes } from "@evently/shared/http";

export const FAVICON_PATH = "/favicon.svg";
const MAX_AGE_S = 86_400;

/** A ticket. */
const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path fill="#b3261e" d="M3 8h26v5a3 3 0 0 0 0 6v5H3v-5a3 3 0 0 0 0-6z"/>
<path stroke="#fff" stroke-width="2" stroke-dasharray="2 2" d="M20 9v14"/>
</svg>
`;

/** The pages' icon; `/favicon.ico` is where browsers look that open what is no page of ours. */
export function faviconRoutes() {
  const routes = createRoutes();
  for (const path of [FAVICON_PATH, "/favicon.ico"]) {
    routes.get(path, (c) => {
      c.header("Content-Type", "image/svg+xml");
      c.header("Cache-Control", `public, max-age=${MAX_AGE_S}`);
      return c.body(FAVICON);
    });
  }
  return routes;
}
