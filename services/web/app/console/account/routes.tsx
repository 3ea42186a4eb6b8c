import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoot } from "../console_root.tsx";

const account = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/account",
  staticData: { source: "app/console/account/account_page.tsx" },
  component: lazyRouteComponent(() => import("./account_page.tsx"), "AccountPage"),
});

/** The page of an organiser's own data. */
export const accountRoutes = [account] as const;
