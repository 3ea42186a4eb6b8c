/** The booking service, and the types that its callers share with it. */
export { type BookingConfig, bookingSection } from "./config.ts";
export type { BookingDeps, BookingServiceDeps } from "./deps.ts";
export { openBookingService } from "./open.ts";
export { type SeedSales, seedSales } from "./seed.ts";
export type BookingInternalApi = ReturnType<
  typeof import("./orders/internal_routes.ts").internalRoutes
>;
