import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type Organisation = components["schemas"]["Organisation"];

/** A role changes rarely, and the API decides anyway. */
const FRESH_MS = 60_000;

/** The organisations of the organiser who is logged in, with their role in each. */
export function ownOrganisationsQuery(api: Api, { adminId }: { adminId: string }) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "organisations"],
    queryFn: () => unwrap(api.GET("/api/event/admin/organisations")),
    staleTime: FRESH_MS,
  });
}
