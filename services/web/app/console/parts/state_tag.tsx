import { useConsoleMessages } from "../use_console.ts";
import type { EventState } from "./event_state.ts";

const KINDS: Readonly<Record<EventState, string>> = {
  draft: "",
  onSale: "tag--ok",
  nearlyFull: "tag--warn",
  soldOut: "tag--bad",
  notOnSale: "tag--info",
  past: "",
  cancelled: "tag--bad",
};

/** How an event stands, in a word. */
export function StateTag({ state }: { state: EventState }) {
  const { parts } = useConsoleMessages();
  return <span className={`tag ${KINDS[state]}`}>{parts.states[state]}</span>;
}
