import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoot } from "../console_root.tsx";
import { pageSearch } from "../parts/page_search.ts";

const list = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/webhooks",
  staticData: { source: "app/console/webhooks/webhooks_page.tsx" },
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("./webhooks_page.tsx"), "WebhooksPage"),
});

const one = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/webhooks/$webhookId",
  staticData: { source: "app/console/webhooks/webhook_page.tsx" },
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("./webhook_page.tsx"), "WebhookPage"),
});

/** The pages of webhooks. */
export const webhookRoutes = [list, one] as const;
