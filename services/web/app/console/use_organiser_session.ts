import { useSyncExternalStore } from "react";
import { noSession, type SessionState } from "../session/session.ts";
import type { Organiser } from "./organiser.ts";
import { useConsole } from "./use_console.ts";

const { state: unknown } = noSession<Organiser>();

/** Which organiser is logged in; `unknown` on the server and in the first render. */
export function useOrganiserSession(): SessionState<Organiser> {
  const { session } = useConsole();
  return useSyncExternalStore(session.subscribe, session.state, unknown);
}
