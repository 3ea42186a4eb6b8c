import type { components } from "@evently/shared/client/gateway";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapJson } from "../../api/client.ts";
import { eventKey, type EventScope } from "./event.ts";

export type SeatAudit = components["schemas"]["SeatAudit"];
export type Discrepancy = SeatAudit["discrepancies"][number];
export type LedgerEntry = components["schemas"]["LedgerEntries"]["entries"][number];

/** Entries of one page. */
export const PAGE_SIZE = 25;
/** How long a check stands: it reads every entry, so nobody repeats it by looking in again. */
const CHECK_MS = 60_000;
const POLL_MS = 10_000;

/** Checks every entry of an event's ledger, and every booking against them. */
export function auditQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...eventKey(scope), "audit"],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/events/{id}/audit", {
        params: { path: { id: scope.eventId } },
      })),
    staleTime: CHECK_MS,
    refetchOnWindowFocus: false,
  });
}

/** A page of how the seats moved, the latest first. */
export function ledgerQuery(api: Api, { page, ...scope }: EventScope & { page: number }) {
  return queryOptions({
    queryKey: [...eventKey(scope), "ledger", page],
    queryFn: () => entriesOf(api, scope, { page, limit: PAGE_SIZE }),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

/** The entry of a number; `null` where there is none. */
export function entryQuery(api: Api, { seq, ...scope }: EventScope & { seq: number }) {
  return queryOptions({
    queryKey: [...eventKey(scope), "entry", seq],
    async queryFn(): Promise<LedgerEntry | null> {
      const { total } = await entriesOf(api, scope, { page: 1, limit: 1 });
      // They are numbered from 0 without gaps, and listed from the last one.
      const { entries } = await entriesOf(api, scope, { page: total - seq, limit: 1 });
      return entries[0]?.seq === seq ? entries[0] : null;
    },
    staleTime: Infinity,
  });
}

function entriesOf(
  api: Api,
  { eventId: id }: EventScope,
  query: { page: number; limit: number },
) {
  const params = { path: { id }, query };
  return unwrapJson(api.GET("/api/event/admin/events/{id}/ledger", { params }));
}
