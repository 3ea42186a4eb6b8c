/** The event service, and the types that its callers share with it. */
export { createEventApp } from "./app.ts";
export { type EventConfig, eventSection } from "./config.ts";
export type { EventDeps } from "./deps.ts";
export { openEventService } from "./open.ts";
export type { SeatOperations } from "./inventory/seat_operations.ts";
export { seedEvents } from "./seed.ts";
export type {
  AllocationLookup,
  GrantedAllocationsPage,
  SoldAllocations,
} from "./inventory/allocations_wire.ts";
export type { SearchDocument } from "./events/internal_wire.ts";
export {
  type AllocationBatch,
  type CommitResponse,
  type ExtendRequest,
  type ExtendResponse,
  type HoldBatch,
  type HoldRequest,
  type HoldResponse,
  type HoldResult,
  MAX_SEAT_BATCH,
  type ReleaseResponse,
  type WaitlistResponse,
} from "./inventory/wire.ts";
export { type EventSummary, MAX_LOOKUP, type RefundPolicy } from "./catalogue/summary.ts";
export type EventInternalApi = ReturnType<
  typeof import("./internal_routes.ts").internalRoutes
>;
