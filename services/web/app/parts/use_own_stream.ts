import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type OwnState, OwnStateWriter } from "../api/own_state.ts";
import { watchStream } from "../api/watch_stream.ts";
import { useSession } from "../session/use_session.ts";
import { useApp } from "../use_app.ts";
import { whileSeen } from "./while_seen.ts";

/**
 * Keeps the queries of one's own bookings and places in line up to date by the user's stream, while the page is seen
 * and somebody is logged in. A tab that is not seen has none, so a browser has as many as it has windows.
 *
 * @returns whether the stream is open, so that nobody has to ask
 */
export function useOwnStream(): boolean {
  const { api, session } = useApp();
  const queryClient = useQueryClient();
  const state = useSession();
  const userId = state.status === "in" ? state.user.userId : undefined;
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (userId === undefined) return;
    return whileSeen(() => {
      const writer = new OwnStateWriter(queryClient, { api, userId });
      const stop = watchStream(`${location.origin}/api/booking/live`, {
        onOpen: setOpen,
        onMessage(event, data) {
          if (event === "state") writer.write(data as OwnState);
        },
      }, session.stream);
      return () => {
        stop();
        setOpen(false);
      };
    });
  }, [api, session, queryClient, userId]);
  return isOpen;
}
