/** The browser's program: takes over the page that the server rendered. */
import { splitLanguage } from "@evently/shared/languages";
import { hydrate, QueryClient } from "@tanstack/react-query";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { createApi } from "./api/client.ts";
import { createServerClock, timed } from "./api/clock.ts";
import { ApiError } from "./api/errors.ts";
import { isConsolePath } from "./console_path.ts";
import { App } from "./app.tsx";
import type { AppContext } from "./context.ts";
import { loadMessages } from "./messages/load_messages.ts";
import { PressAgain } from "./press_again.tsx";
import { createAppRouter } from "./router.tsx";
import { openUserSession } from "./session/browser_session.ts";
import { forgetFormer } from "./session/forget_former.ts";
import { ROOT_ID, type ServerState, STATE_ID } from "./state.ts";

/** Retries of a read that got no answer; what the API refuses it refuses again. */
const RETRIES = 2;

const state = JSON.parse(document.getElementById(STATE_ID)!.textContent!) as ServerState;
const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: (count, error) => !(error instanceof ApiError) && count < RETRIES },
  },
});
hydrate(queryClient, state.queries);
const session = openUserSession();
forgetFormer(session, ({ userId }) => userId, {
  queryClient,
  isOwn: ({ queryKey }) => queryKey[0] !== "console",
});
const clock = createServerClock();
const isConsole = isConsolePath(splitLanguage(location.pathname).path);
const [messages, console] = await Promise.all([
  loadMessages(state.language),
  isConsole
    ? import("./console/mod.ts").then(({ openConsole }) =>
      openConsole({ language: state.language, clock })
    )
    : undefined,
]);
/**
 * Whether the first page is being loaded. Nothing is asked for then: data that came before React has all of the page would
 * differ from those that the server rendered. What is missing is asked for by what shows it.
 */
let isFirstPage = true;
const context: AppContext = {
  api: createApi(timed(session.send, clock), location.origin),
  clock,
  queryClient,
  messages,
  session,
  development: state.development,
  origin: state.origin,
  payments: state.payments,
  console: console?.context,
  load(query) {
    if (!isFirstPage) void queryClient.prefetchQuery(query);
    return Promise.resolve(queryClient.getQueryData(query.queryKey));
  },
  loadExtra(query) {
    if (!isFirstPage) void queryClient.prefetchQuery(query);
    return Promise.resolve();
  },
  notFound() {},
};
const router = createAppRouter(context, { consoleRoutes: console?.routes });
await router.load();
isFirstPage = false;
// The server rendered no Suspense boundary of the router's own, and so must the first render here.
router.ssr = { manifest: undefined };
startTransition(() => {
  hydrateRoot(
    document.getElementById(ROOT_ID)!,
    <StrictMode>
      <App router={router} context={context} unreachable={state.unreachable} />
      <PressAgain />
    </StrictMode>,
    { onRecoverableError: (error) => reportError(error) },
  );
});
