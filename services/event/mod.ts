/** The event service, and the types that its callers share with it. */
export { createEventApp } from "./app.ts";
export { type EventConfig, eventSection } from "./config.ts";
export type { EventDeps } from "./deps.ts";
export { openEventService } from "./open.ts";
export type { RefundPolicy } from "./events/refund_policy.ts";
export type {
  AllocationBatch,
  AllocationState,
  CommitBatchResult,
  ExtendItem,
  ExtendResult,
  HoldBatch,
  HoldBatchResult,
  HoldItem,
  HoldRequest,
  HoldResult,
  HoldTerms,
  ReleaseBatchResult,
  SeatOperations,
  SoldAllocation,
  SoldPage,
} from "./inventory/types.ts";
export type { EventSummary } from "./catalogue/summary.ts";
export { seedEvents } from "./seed.ts";
export type EventInternalApi = ReturnType<
  typeof import("./internal_routes.ts").internalRoutes
>;
