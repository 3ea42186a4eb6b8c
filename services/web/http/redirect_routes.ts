import { createRoutes } from "@evently/shared/http";
import { languagePath, LANGUAGES } from "@evently/shared/languages";

/** Pages of the front end before this one, and what became of them. */
const MOVED: Readonly<Record<string, string>> = {
  "/dashboard": "/account/bookings",
  "/admin/login": "/console/login",
  "/admin/register": "/console/register",
  "/admin/dashboard": "/console",
  "/admin/events": "/console/events",
  "/admin/venues": "/console/venues",
};

/**
 * Addresses of the old front end lead to the pages of this one, with what they ask for; `/hi` leads to `/hi/`.
 */
export function redirectRoutes() {
  const routes = createRoutes();
  for (const [from, to] of Object.entries(MOVED)) {
    routes.get(from, (c) => c.redirect(to + new URL(c.req.url).search, 308));
  }
  for (const home of LANGUAGES.map(languagePath).filter((path) => path !== "")) {
    routes.get(home, (c) => c.redirect(`${home}/${new URL(c.req.url).search}`, 308));
  }
  routes.get("/book/:id", (c) => {
    const id = encodeURIComponent(c.req.param("id"));
    return c.redirect(`/events/${id}${new URL(c.req.url).search}`, 308);
  });
  return routes;
}
