import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes } from "@evently/shared/http";
import type { EventDeps } from "../deps.ts";
import {
  bookableRoute,
  documentsRoute,
  handleBookable,
  handleDocuments,
  handleLookup,
  handleReturnSeats,
  handleUpdateAvailability,
  lookupRoute,
  returnSeatsRoute,
  updateAvailabilityRoute,
} from "./internal_events.ts";
import {
  commitRoute,
  extendRoute,
  handleCommit,
  handleExtend,
  handleHold,
  handleRelease,
  handleWaitlist,
  holdRoute,
  releaseRoute,
  waitlistRoute,
} from "./seats.ts";

/** What other services call; nobody else, as the gateway never leads here and a key guards it besides. */
export function createInternalRoutes(deps: EventDeps) {
  const routes = createRoutes();
  routes.use("/internal/*", requireInternalKey({ key: deps.internal_api_key }));
  return routes
    .openapi(holdRoute, handleHold(deps))
    .openapi(commitRoute, handleCommit(deps))
    .openapi(releaseRoute, handleRelease(deps))
    .openapi(extendRoute, handleExtend(deps))
    .openapi(waitlistRoute, handleWaitlist(deps))
    .openapi(lookupRoute, handleLookup(deps))
    .openapi(documentsRoute, handleDocuments(deps))
    .openapi(bookableRoute, handleBookable(deps))
    .openapi(updateAvailabilityRoute, handleUpdateAvailability(deps))
    .openapi(returnSeatsRoute, handleReturnSeats(deps));
}

/** For typed clients (`hc`). */
export type EventInternalApi = ReturnType<typeof createInternalRoutes>;
