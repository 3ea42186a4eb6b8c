/** Texts around every page of the console. */
export const frame = {
  brand: "Evently for organisers",
  title: (page: string) => `${page} · Evently console`,
  navigation: "Console",
  menu: "Menu",
  overview: "Overview",
  events: "Events",
  venues: "Venues",
  team: "Team",
  webhooks: "Webhooks",
  shop: "Open the shop",
  logOut: "Log out",
  notOut: "The log-out did not work: we have no answer. Try again.",
  loading: "Loading",
  /** Who is logged in, where the name is not at hand. */
  roles: {
    super_admin: "Super admin",
    event_manager: "Event manager",
    analyst: "Analyst",
  },
  readOnly: "You can look at everything here, and change nothing.",
  notFoundTitle: "There is nothing here",
  notFound: "The address may be old, or it is not yours to see.",
  toOverview: "To the overview",
  notAllowed: "Your account may not do this.",
};
