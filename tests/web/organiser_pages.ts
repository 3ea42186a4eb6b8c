import { dataOf } from "../journeys/platform.ts";
import type { PageState } from "./all_pages.ts";
import { newAnalyst, newOrganiser, ORGANISER } from "./console_login.ts";
import { organiserOf } from "./organiser.ts";
import type { WebTest } from "./suite.ts";

/** The console's overview, its lists and forms, and the way into it, in the states that an organiser meets. */
export async function organiserPages(t: WebTest): Promise<PageState[]> {
  const organiser = ORGANISER;
  const own = await organiserOf(t.platform);
  const draft = await own.event({ isDraft: true });
  const open = await own.event();
  const beginner = await newOrganiser(t);
  const { venue_id } = await dataOf(
    t.platform.api.GET("/api/event/admin/events/{id}", {
      headers: own.headers,
      params: { path: { id: draft } },
    }),
  );
  const analyst = await newAnalyst(t);
  return [
    { name: "console log-in", path: "/console/login?to=%2Fconsole%2Fevents" },
    { name: "console register", path: "/console/register" },
    { name: "console overview", path: "/console", organiser },
    { name: "console overview, all", path: "/console?period=all", organiser },
    { name: "console overview, none yet", path: "/console", organiser: beginner },
    { name: "console events", path: "/console/events?sort=start", organiser },
    { name: "console events, nothing found", path: "/console/events?q=zzzzzz", organiser },
    { name: "console new event", path: "/console/events/new", organiser },
    { name: "console edit, draft", path: `/console/events/${draft}/edit`, organiser },
    { name: "console edit", path: `/console/events/${open}/edit`, organiser },
    { name: "console edit, analyst", path: `/console/events/${open}/edit`, organiser: analyst },
    { name: "console venues", path: "/console/venues", organiser },
    { name: "console new venue", path: "/console/venues/new", organiser },
    { name: "console venue", path: `/console/venues/${venue_id}/edit`, organiser },
    { name: "console account", path: "/console/account", organiser: beginner },
    { name: "console, not found", path: "/console/nothing-here", organiser },
  ];
}
