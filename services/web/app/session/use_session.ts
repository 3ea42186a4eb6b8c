import { useSyncExternalStore } from "react";
import { useApp } from "../use_app.ts";
import { noSession, type SessionState } from "./session.ts";

const { state: unknown } = noSession();

/** Who is logged in; `unknown` on the server and in the first render. */
export function useSession(): SessionState {
  const { session } = useApp();
  return useSyncExternalStore(session.subscribe, session.state, unknown);
}
