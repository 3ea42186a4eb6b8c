import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Availability, availabilityQuery } from "../../api/events.ts";
import { watchStream } from "../../api/watch_stream.ts";
import { useApp } from "../../use_app.ts";

/**
 * Keeps the query of an event's seats up to date by the event's stream, while the page is seen.
 *
 * @returns whether the stream is open, so that nobody has to ask
 */
export function useSeatStream(eventId: string, isWanted: boolean): boolean {
  const { api } = useApp();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    const { queryKey } = availabilityQuery(api, eventId);
    let stop: (() => void) | undefined;
    function end() {
      stop?.();
      stop = undefined;
      setOpen(false);
    }
    function follow() {
      if (document.visibilityState !== "visible") return end();
      stop ??= watchStream(`/api/event/events/${eventId}/live`, {
        onOpen: setOpen,
        onMessage(event, data) {
          if (event === "availability") queryClient.setQueryData(queryKey, data as Availability);
          if (event === "gone") queryClient.setQueryData(queryKey, null);
        },
      });
    }
    document.addEventListener("visibilitychange", follow);
    follow();
    return () => {
      document.removeEventListener("visibilitychange", follow);
      end();
    };
  }, [api, queryClient, eventId, isWanted]);
  return isOpen;
}
