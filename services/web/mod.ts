/// <reference lib="dom" />
/** The web application: the storefront's pages, and what belongs to them. */
import { createRoutes } from "@evently/shared/http";
import { assetRoutes } from "./http/asset_routes.ts";
import { authRoutes } from "./http/auth_routes.ts";
import { calendarRoutes } from "./http/calendar_routes.ts";
import { coverRoutes } from "./http/cover_routes.ts";
import { devReloadRoutes } from "./http/dev_reload_routes.ts";
import type { WebDeps } from "./http/deps.ts";
import { workerRoutes } from "./http/worker_routes.ts";
import { iconRoutes } from "./http/icon_routes.ts";
import { previewRoutes } from "./http/preview_routes.ts";
import { redirectRoutes } from "./http/redirect_routes.ts";
import { siteRoutes } from "./http/site_routes.ts";

export type { WebDeps } from "./http/deps.ts";
export { renderPages } from "./http/page_routes.ts";

/** Routes of the web application that are no pages; {@link renderPages} answers everything else. */
export function webRoutes(deps: WebDeps) {
  const routes = createRoutes();
  routes.route("/", assetRoutes());
  routes.route("/", authRoutes(deps));
  routes.route("/", coverRoutes());
  routes.route("/", previewRoutes(deps));
  routes.route("/", calendarRoutes(deps));
  routes.route("/", siteRoutes(deps));
  routes.route("/", iconRoutes());
  routes.route("/", redirectRoutes());
  if (deps.reloadsPages) routes.route("/", devReloadRoutes());
  routes.route("/", workerRoutes());
  return routes;
}
