import { requireUser, type UserVariables } from "@evently/shared/auth";
import { createRoutes, createServiceApp, publishDocument } from "@evently/shared/http";
import type { BookingDeps } from "./deps.ts";
import { handleList, handleView, listRoute, viewRoute } from "./routes/bookings.ts";
import { confirmRoute, handleConfirm } from "./routes/confirm.ts";
import { cancelRoute, expireRoute, handleCancel, handleExpire } from "./routes/end.ts";
import { extendRoute, handleExtend } from "./routes/extend.ts";
import { healthRoutes } from "./routes/health.ts";
import { internalRoutes } from "./routes/internal.ts";
import {
  availabilityRoute,
  handleAvailability,
  handleTicket,
  ticketRoute,
} from "./routes/public.ts";
import { handleReserve, reserveRoute } from "./routes/reserve.ts";

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
