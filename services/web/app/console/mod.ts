/** The organisers' console: its routes, and what its pages are given. Only its own pages load it. */
import type { Language } from "@evently/shared/languages";
import { type Api, createApi } from "../api/client.ts";
import { type ServerClock, timed } from "../api/clock.ts";
import { loadConsoleMessages } from "../messages/load_console_messages.ts";
import { openSession } from "../session/browser_session.ts";
import { noSession } from "../session/session.ts";
import type { ConsoleContext } from "./context.ts";
import { noChosenOrganisation, openChosenOrganisation } from "./chosen_organisation.ts";
import { ORGANISERS } from "./organiser.ts";
import { type ConsoleRoutes, consoleRoutes } from "./routes.tsx";

export { consoleRoutes } from "./routes.tsx";

/** Opens the console in a browser. */
export async function openConsole(
  { language, clock }: {
    language: Language;
    clock: ServerClock;
  },
): Promise<{ context: ConsoleContext; routes: ConsoleRoutes }> {
  const session = openSession(ORGANISERS);
  const organisation = openChosenOrganisation();
  const api = createApi(timed(organisation.through(session.send), clock), location.origin);
  const messages = await loadConsoleMessages(language);
  return { context: { api, session, organisation, messages }, routes: consoleRoutes };
}

/** The console of the server, which renders its frame alone: it never knows who asks. */
export async function consoleOnServer(language: Language, api: Api): Promise<ConsoleContext> {
  const messages = await loadConsoleMessages(language);
  return { api, session: noSession(), organisation: noChosenOrganisation(), messages };
}
