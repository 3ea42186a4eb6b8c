import { requireUser, type UserVariables } from "@evently/shared/auth";
import { createRoutes, createServiceApp, publishDocument } from "@evently/shared/http";
import type { BookingDeps } from "./deps.ts";
import { handleList, handleView, listRoute, viewRoute } from "./orders/view_routes.ts";
import { confirmRoute, handleConfirm } from "./orders/confirm_route.ts";
import { cancelRoute, expireRoute, handleCancel, handleExpire } from "./orders/end_routes.ts";
import { extendRoute, handleExtend } from "./orders/extend_route.ts";
import { healthRoutes } from "./health/routes.ts";
import { internalRoutes } from "./orders/internal_routes.ts";
import {
  availabilityRoute,
  handleAvailability,
  handleTicket,
  ticketRoute,
} from "./orders/public_routes.ts";
import { handleReserve, reserveRoute } from "./orders/reserve_route.ts";

/** The booking service: reservations, confirmations, cancellations, lists. */
export function createBookingApp(deps: BookingDeps) {
  const app = createServiceApp(deps);
  publishDocument(app, { title: "Evently booking service", tokens: ["userToken"] });
  return app
    .route("/", healthRoutes(deps))
    .route("/internal", internalRoutes(deps))
    .route("/api/v1", publicRoutes(deps))
    .route("/api/v1", userRoutes(deps));
}

function publicRoutes(deps: BookingDeps) {
  return createRoutes()
    .openapi(availabilityRoute, handleAvailability(deps))
    .openapi(ticketRoute, handleTicket(deps));
}

function userRoutes(deps: BookingDeps) {
  const app = createRoutes<UserVariables>();
  app.use("/bookings/*", requireUser(deps));
  return app
    .openapi(reserveRoute, handleReserve(deps))
    .openapi(confirmRoute, handleConfirm(deps))
    .openapi(listRoute, handleList(deps))
    .openapi(viewRoute, handleView(deps))
    .openapi(cancelRoute, handleCancel(deps))
    .openapi(expireRoute, handleExpire(deps))
    .openapi(extendRoute, handleExtend(deps));
}
