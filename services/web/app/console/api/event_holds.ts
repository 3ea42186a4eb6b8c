import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { eventKey, type EventScope } from "./event.ts";

export type UnpaidHolds = components["schemas"]["UnpaidHolds"];
export type HoldingAccount = UnpaidHolds["accounts"][number];
export type BuyerBlock = components["schemas"]["BuyerBlock"];

/** Each answer counts the reservations of a day, so it is not asked for at each sale. */
const POLL_MS = 10_000;

const DAY_HOURS = 24;

/** What is held of an event and not paid, by whom, and who is blocked. */
export function eventHoldsQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...eventKey(scope), "holds"],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/events/{id}/holds", {
        params: { path: { id: scope.eventId } },
      })),
    refetchInterval: POLL_MS,
  });
}

/** An account of an event. */
interface Account {
  eventId: string;
  userId: string;
}

/** Ends the unpaid holds of an account, and refuses further ones for a day. */
export function blockBuyer(api: Api, account: Account): Promise<BuyerBlock> {
  const path = "/api/event/admin/events/{id}/holds/blocks/{user_id}";
  return unwrap(api.PUT(path, { params: paramsOf(account), body: { hours: DAY_HOURS } }));
}

/** Lets an account reserve again. */
export async function unblockBuyer(api: Api, account: Account): Promise<void> {
  const path = "/api/event/admin/events/{id}/holds/blocks/{user_id}";
  await unwrap(api.DELETE(path, { params: paramsOf(account) }));
}

function paramsOf({ eventId, userId }: Account) {
  return { path: { id: eventId, user_id: userId } };
}
