/** The browser's program: takes over the page that the server rendered. */
import { hydrate, QueryClient } from "@tanstack/react-query";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { createApi } from "./api/client.ts";
import { createServerClock, timed } from "./api/clock.ts";
import { ApiError } from "./api/errors.ts";
import { App } from "./app.tsx";
import type { AppContext } from "./context.ts";
import { loadMessages } from "./messages/load_messages.ts";
import { PressAgain } from "./press_again.tsx";
import { createAppRouter } from "./router.tsx";
import { openSession } from "./session/browser_session.ts";
import { forgetFormerUsers } from "./session/forget_former_users.ts";
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
const session = openSession();
forgetFormerUsers(session, queryClient);
const clock = createServerClock();
const context: AppContext = {
  api: createApi(timed(session.send, clock), location.origin),
  clock,
  queryClient,
  messages: await loadMessages(state.language),
  session,
  development: state.development,
  origin: state.origin,
  payments: state.payments,
  load(query) {
    void queryClient.prefetchQuery(query);
    return Promise.resolve(queryClient.getQueryData(query.queryKey));
  },
  loadExtra(query) {
    void queryClient.prefetchQuery(query);
    return Promise.resolve();
  },
  notFound() {},
};
const router = createAppRouter(context);
await router.load();
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
