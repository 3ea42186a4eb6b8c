import { type AccessTokens, requireUserSession, type SessionVariables } from "@evently/shared/auth";
import {
  createRoutes,
  errors,
  eventStream,
  LastEventIdHeaders,
  route,
  STREAM_HEADERS,
} from "@evently/shared/http";
import type { LiveBookings } from "./live_bookings.ts";
import { LiveState } from "./live_state.ts";

const liveRoute = route({
  method: "get",
  path: "/live",
  operationId: "watchOwnBookings",
  tags: ["Bookings"],
  security: [{ userToken: [] }],
  summary: "Watch your bookings, payments and places in line",
  description:
    "Server-sent events: `state` at once and after each change, at most four a second, each with the whole state. With " +
    "`Last-Event-ID` the first is left out where nothing has changed. The stream ends with the token, after the message " +
    "`token_expired`; after an hour at the latest; or as its reader is too slow. Open it anew then.",
  request: { headers: LastEventIdHeaders },
  responses: {
    200: eventStream("Messages until somebody ends it; `data` of `state` has this form", LiveState),
    ...errors(400, 401, 503),
  },
});

export interface LiveDeps {
  tokens: Pick<AccessTokens, "verifySession">;
  liveBookings: Pick<LiveBookings, "open">;
}

/** The stream of a user's own state. */
export function liveRoutes(deps: LiveDeps) {
  const app = createRoutes<SessionVariables>();
  app.use("/live", requireUserSession(deps));
  return app.openapi(liveRoute, (c) => {
    // A HEAD request is answered from here too, and nobody would read its stream.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, STREAM_HEADERS);
    const stream = deps.liveBookings.open(c.get("session"), c.req.valid("header")["last-event-id"]);
    return c.body(stream.body, 200, STREAM_HEADERS);
  });
}
