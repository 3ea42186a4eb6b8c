import { useSyncExternalStore } from "react";
import { useFormat, useMessages } from "../messages/use_messages.ts";
import { Note } from "./note.tsx";
import { useReach } from "./use_reach.ts";

/**
 * Says when what is shown may be old or is missing: offline, no answer, or a slow one. What failed is asked for again
 * until it is there, and then this is gone.
 */
export function Connection() {
  const { common } = useMessages();
  const { clock } = useFormat();
  const { state, shownAtMs, tryAgain } = useReach();
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine, () => true);
  if (online && state === "fine") return <div role="status" />;
  const text = !online
    ? common.offline
    : state === "slow"
    ? common.slow
    : shownAtMs === undefined
    ? common.unreachable
    : common.stale(clock(shownAtMs));
  return (
    <div role="status" className="connection page">
      <Note kind="warn">
        {text} {online && state === "unreachable"
          ? <a href="" onClick={tryAgain}>{common.tryAgain}</a>
          : null}
      </Note>
    </div>
  );
}

function watchNetwork(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}
