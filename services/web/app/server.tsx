import { splitLanguage } from "@evently/shared/languages";
import { dehydrate, QueryClient } from "@tanstack/react-query";
import { createMemoryHistory } from "@tanstack/react-router";
import { renderToString } from "react-dom/server";
import { createApi, type Send } from "./api/client.ts";
import { createServerClock } from "./api/clock.ts";
import { App } from "./app.tsx";
import type { AppContext } from "./context.ts";
import { consoleOnServer, consoleRoutes } from "./console/mod.ts";
import { isConsolePath } from "./console_path.ts";
import { loadMessages } from "./messages/load_messages.ts";
import { createAppRouter, type RouteTraits } from "./router.tsx";
import { noSession } from "./session/session.ts";
import type { PagePayments, ServerState } from "./state.ts";

/** A page as the server renders it. */
export interface RenderedPage {
  status: 200 | 404 | 503;
  /** `<title>`, `<meta>` and `<link>` elements, for the head. */
  head: string;
  /** Markup of the page, for the element that the browser hydrates. */
  html: string;
  /** What the browser needs to render the same. */
  state: ServerState;
  traits: RouteTraits;
  /** Data that the page was rendered from, by query key; for structured data. */
  queryClient: QueryClient;
}

/** The page is at another address. */
export interface Redirected {
  redirect: string;
}

/** Elements that React puts before the page, as their place is the head. */
const HEAD_ELEMENTS = /^(?:<title>[^<]*<\/title>|<(?:meta|link)\b[^>]*\/>)*/;

/**
 * Renders the page at a path, for everybody alike: it reads no cookie. Data are loaded first and rendered in one go, as
 * nothing may suspend on the server.
 */
export async function renderPage(
  href: string,
  { send, origin, development, payments }: {
    send: Send;
    origin: string;
    development: boolean;
    payments: PagePayments;
  },
): Promise<RenderedPage | Redirected> {
  const { language, path } = splitLanguage(href);
  const messages = await loadMessages(language);
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  let failed = false;
  let missing = false;
  const context: AppContext = {
    api: createApi(send),
    clock: createServerClock(),
    queryClient,
    messages,
    session: noSession(),
    development,
    origin,
    payments,
    console: isConsolePath(path.replace(/[?#].*/, ""))
      ? await consoleOnServer(language, createApi(send))
      : undefined,
    async load(query) {
      try {
        return await queryClient.fetchQuery(query);
      } catch {
        failed = true;
        queryClient.removeQueries({ queryKey: query.queryKey });
        return undefined;
      }
    },
    async loadExtra(query) {
      await queryClient.prefetchQuery(query);
    },
    notFound() {
      missing = true;
    },
  };
  const history = createMemoryHistory({ initialEntries: [href] });
  const router = createAppRouter(context, { history, consoleRoutes });
  await router.load();
  const result = router._serverResult;
  if (result?.type === "redirect") {
    return { redirect: result.redirect.headers.get("Location") ?? "/" };
  }
  const traits: RouteTraits = router.state.matches.at(-1)?.staticData ?? {};
  const markup = renderToString(<App router={router} context={context} unreachable={failed} />);
  const [head = ""] = HEAD_ELEMENTS.exec(markup) ?? [];
  return {
    status: missing ? 404 : failed ? 503 : 200,
    head,
    html: markup.slice(head.length),
    state: {
      language,
      queries: dehydrate(queryClient),
      unreachable: failed,
      development,
      origin,
      payments: traits.pays ? payments : { provider: payments.provider },
    },
    traits,
    queryClient,
  };
}
