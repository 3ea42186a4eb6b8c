import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { watchStream } from "../../api/watch_stream.ts";
import { whileSeen } from "../../parts/while_seen.ts";
import { liveKey } from "../api/event.ts";
import { useEventScope } from "./use_event_scope.ts";

/** While people buy, what is shown is read anew at most so often. */
const SHORTEST_MS = 2_000;

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
      let timer: ReturnType<typeof setTimeout> | undefined;
      let lastMs = -Infinity;
      const read = () => {
        timer = undefined;
        lastMs = performance.now();
        // What is under way may have been read before the change.
        void queryClient.invalidateQueries({ queryKey: liveKey(scope) });
      };
      const stop = watchStream(`${location.origin}/api/event/events/${eventId}/live`, {
        onOpen: setOpen,
        onMessage: () => {
          timer ??= setTimeout(read, Math.max(0, lastMs + SHORTEST_MS - performance.now()));
        },
      });
      return () => {
        clearTimeout(timer);
        stop();
        setOpen(false);
      };
    });
  }, [eventId, isPublic, queryClient, scope]);
  return isOpen;
}
