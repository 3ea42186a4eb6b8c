import type { ConsoleMessages } from "../messages/console_messages.ts";
import type { Api } from "../api/client.ts";
import type { Session } from "../session/session.ts";
import type { ChosenOrganisation } from "./chosen_organisation.ts";
import type { Organiser } from "./organiser.ts";

/** What pages of the console have beside what every page has. */
export interface ConsoleContext {
  /** The API with the organiser's credentials. */
  api: Api;
  /** The log-in of the organiser, beside that of a buyer in the same browser. */
  session: Session<Organiser>;
  /** Which of several organisations the reader looks at. */
  organisation: ChosenOrganisation;
  messages: ConsoleMessages;
}
