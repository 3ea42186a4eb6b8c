import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Availability, availabilityQuery } from "../../api/events.ts";
import { watchStream } from "../../api/watch_stream.ts";
import { whileSeen } from "../../parts/while_seen.ts";
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
    return whileSeen(() => {
      const stop = watchStream(`${location.origin}/api/event/events/${eventId}/live`, {
        onOpen: setOpen,
        onMessage(event, data) {
          if (event === "availability") queryClient.setQueryData(queryKey, data as Availability);
          if (event === "gone") queryClient.setQueryData(queryKey, null);
        },
      });
      return () => {
        stop();
        setOpen(false);
      };
    });
  }, [api, queryClient, eventId, isWanted]);
  return isOpen;
}
