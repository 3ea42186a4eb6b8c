import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { watchStream } from "../../api/watch_stream.ts";
import { whileSeen } from "../../parts/while_seen.ts";
import { type EventScope, liveKey } from "../api/event.ts";
import { useEventScope } from "./use_event_scope.ts";

/** While people buy, what is shown is read anew at most so often. */
const SHORTEST_MS = 2_000;
/** After a slow answer the pause is so many times as long, so that readers take little from buyers. */
const PAUSE_SHARE = 4;

/**
 * Reads what is shown of an event anew whenever its seats change, by its public stream, while the page is seen.
 *
 * @returns whether the stream is open
 */
export function useEventNews(eventId: string, { isPublic }: { isPublic: boolean }): boolean {
  const { scope } = useEventScope(eventId);
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isPublic) return;
    return whileSeen(() => {
      const reading = readNowAndThen(queryClient, scope);
      const stop = watchStream(`${location.origin}/api/event/events/${eventId}/live`, {
        onOpen: setOpen,
        onMessage: () => reading.want(),
      });
      return () => {
        stop();
        reading.stop();
        setOpen(false);
      };
    });
  }, [eventId, isPublic, queryClient, scope]);
  return isOpen;
}

/** Reads what a sale changes when that is wanted, with pauses; what is wanted meanwhile is read after the pause. */
function readNowAndThen(
  queryClient: QueryClient,
  scope: EventScope,
): { want(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPausing = false, isWanted = false, isStopped = false;

  async function read(): Promise<void> {
    isWanted = false;
    isPausing = true;
    const begunMs = performance.now();
    // What was under way may have been read before the change. A failure shows on the page.
    await queryClient.invalidateQueries({ queryKey: liveKey(scope) }).catch(() => {});
    if (isStopped) return;
    const tookMs = performance.now() - begunMs;
    timer = setTimeout(() => {
      isPausing = false;
      if (isWanted) void read();
    }, Math.max(SHORTEST_MS, tookMs * PAUSE_SHARE));
  }

  return {
    want() {
      isWanted = true;
      if (!isPausing) void read();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
