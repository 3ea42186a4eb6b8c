import type { FetchQueryOptions, QueryClient, QueryKey } from "@tanstack/react-query";
import type { Api } from "./api/client.ts";
import type { ServerClock } from "./api/clock.ts";
import type { ConsoleContext } from "./console/context.ts";
import type { Messages } from "./messages/messages.ts";
import type { Session } from "./session/session.ts";
import type { PagePayments } from "./state.ts";

/** What every route and page may use. */
export interface AppContext {
  api: Api;
  clock: ServerClock;
  queryClient: QueryClient;
  messages: Messages;
  session: Session;
  /** Whether this is a development build's page, which shows the demo accounts. */
  development: boolean;
  /** Origin of the platform, for canonical addresses and links that leave the page. */
  origin: string;
  payments: PagePayments;
  /** On pages of the console alone. */
  console?: ConsoleContext | undefined;
  /**
   * Loads what a page needs before it is shown. On the server it waits, and what fails is left out, so that the page is
   * a shell with a note; the browser starts the request and shows the page at once. For the first page it starts none: the
   * parts of the page ask for what is missing.
   *
   * @returns the data, where there is any yet
   */
  load<Data, Key extends QueryKey>(
    query: FetchQueryOptions<Data, Error, Data, Key>,
  ): Promise<Data | undefined>;
  /** As {@link load}, for what a page can do without: if it fails on the server, it is left out and nothing is said. */
  loadExtra<Data, Key extends QueryKey>(
    query: FetchQueryOptions<Data, Error, Data, Key>,
  ): Promise<void>;
  /** Called while a page says that its address leads to nothing: the server answers 404 then. */
  notFound(): void;
}
