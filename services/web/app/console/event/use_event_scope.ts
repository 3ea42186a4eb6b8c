import { useMemo } from "react";
import type { Api } from "../../api/client.ts";
import type { EventScope } from "../api/event.ts";
import { useConsole } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";

/** What is needed to read of an event as the organiser who is logged in. */
export function useEventScope(eventId: string): { api: Api; scope: EventScope } {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const scope = useMemo(() => ({ adminId, eventId }), [adminId, eventId]);
  return { api, scope };
}
