import { requireUser, type UserVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { type ChangeDeps, changeEntry } from "./change_entry.ts";
import { type DeclineDeps, declineOffer } from "./decline_offer.ts";
import { viewEntry } from "./entry_view.ts";
import { type JoinDeps, joinWaitlist } from "./join_waitlist.ts";
import { type LeaveDeps, leaveWaitlist } from "./leave_waitlist.ts";
import {
  ChangeRequest,
  EventRequest,
  JoinRequest,
  LEAVE_BODY,
  LeaveQuery,
  PositionQuery,
  readEventId,
  toWish,
} from "./requests.ts";
import { viewPosition, type ViewPositionDeps } from "./view_position.ts";
import {
  DeclinedResponse,
  LeftResponse,
  toWaitlistEntry,
  toWaitlistPosition,
  WaitlistEntryResponse,
  WaitlistPositionResponse,
} from "./wire.ts";

const WAITLIST = {
  tags: ["Waitlist"] as [string],
  security: [{ userToken: [] }],
};

const joinRoute = route({
  ...WAITLIST,
  method: "post",
  path: "/waitlist/join",
  operationId: "joinWaitlist",
  summary: "Join the waitlist of an event",
  description:
    "Possible while the tickets that are wanted cannot be bought. Waits for a quantity of one ticket type, or of the " +
    "first of several that can be had. An offer is of all that is wanted unless fewer are welcome: as few as " +
    "`min_quantity`, or as one with `fewer_welcome`. Joining again returns the entry as it is.",
  request: { body: jsonBody(JoinRequest) },
  responses: { 200: json(WaitlistEntryResponse), ...errors(400, 401, 409, 503) },
});

const positionRoute = route({
  ...WAITLIST,
  method: "get",
  path: "/waitlist/position",
  operationId: "getWaitlistPosition",
  summary: "Get your position on the waitlist of an event",
  description:
    "While the status is `offered`, only you can buy the seats of `offer`: confirm `reservation_id` before " +
    "`expires_at`. Otherwise `why` tells why there is no offer, and `estimated_minutes` how long it takes at the " +
    "pace of the last offers.",
  request: { query: PositionQuery },
  responses: { 200: json(WaitlistPositionResponse), ...errors(400, 401, 404, 503) },
});

const changeRoute = route({
  ...WAITLIST,
  method: "patch",
  path: "/waitlist",
  operationId: "changeWaitlistEntry",
  summary: "Wait for fewer tickets",
  description:
    "Lowers `quantity`, or the `min_quantity` that is enough; the place in line stays. To wait for more, leave and join " +
    "again.",
  request: { body: jsonBody(ChangeRequest) },
  responses: { 200: json(WaitlistEntryResponse), ...errors(400, 401, 404, 409, 503) },
});

const leaveRoute = route({
  ...WAITLIST,
  method: "delete",
  path: "/waitlist/leave",
  operationId: "leaveWaitlist",
  summary: "Leave the waitlist of an event",
  description: "An open offer ends with it. The event is named in the body or the query.",
  request: { query: LeaveQuery, body: LEAVE_BODY },
  responses: { 200: json(LeftResponse), ...errors(400, 401, 404, 409, 503) },
});

const declineRoute = route({
  ...WAITLIST,
  method: "post",
  path: "/waitlist/decline",
  operationId: "declineOffer",
  summary: "Decline your offer",
  description:
    "Its seats go to the next in line. Declining a full offer ends the entry; a `partial` or `last` one costs no place, " +
    "and after a `partial` one the entry waits for all of its quantity.",
  request: { body: jsonBody(EventRequest) },
  responses: { 200: json(DeclinedResponse), ...errors(400, 401, 404, 409, 503) },
});

type WaitlistDeps = JoinDeps & ViewPositionDeps & ChangeDeps & LeaveDeps & DeclineDeps;

/** Routes of the waitlist with a user's access token. */
export function waitlistRoutes(deps: WaitlistDeps & Parameters<typeof requireUser>[0]) {
  const app = createRoutes<UserVariables>();
  app.use("/waitlist/*", requireUser(deps));
  return app
    .openapi(joinRoute, async (c) => {
      const wish = { userId: c.get("userId"), ...toWish(c.req.valid("json")) };
      return c.json(toWaitlistEntry(await joinWaitlist(deps, wish)), 200);
    })
    .openapi(positionRoute, async (c) => {
      const buyer = { userId: c.get("userId"), eventId: c.req.valid("query").event_id };
      return c.json(toWaitlistPosition(await viewPosition(deps, buyer)), 200);
    })
    .openapi(changeRoute, async (c) => {
      const { event_id, quantity, min_quantity } = c.req.valid("json");
      const entry = await changeEntry(deps, {
        userId: c.get("userId"),
        eventId: event_id,
        quantity: quantity ?? undefined,
        minQuantity: min_quantity ?? undefined,
      });
      return c.json(toWaitlistEntry(await viewEntry(deps, entry)), 200);
    })
    .openapi(leaveRoute, async (c) => {
      const eventId = readEventId(await c.req.text(), c.req.valid("query"));
      await leaveWaitlist(deps, { userId: c.get("userId"), eventId });
      return c.json({ message: "Successfully removed from waitlist" as const }, 200);
    })
    .openapi(declineRoute, async (c) => {
      const { event_id: eventId } = c.req.valid("json");
      await declineOffer(deps, { userId: c.get("userId"), eventId });
      return c.json({ message: "Offer declined" as const }, 200);
    });
}
