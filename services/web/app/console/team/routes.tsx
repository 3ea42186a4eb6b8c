import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoot } from "../console_root.tsx";

const team = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/team",
  staticData: { source: "app/console/team/team_page.tsx" },
  component: lazyRouteComponent(() => import("./team_page.tsx"), "TeamPage"),
});

const changes = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/changes",
  staticData: { source: "app/console/team/changes_page.tsx" },
  validateSearch: ({ before }: Record<string, unknown>): { before?: string } =>
    typeof before === "string" ? { before } : {},
  component: lazyRouteComponent(() => import("./changes_page.tsx"), "ChangesPage"),
});

/** The pages of an organisation: who belongs to it, and who changed what. */
export const teamRoutes = [team, changes] as const;
