/** The event service, and the types that its callers share with it. */
export { eventSection } from "./config.ts";
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
  HoldResult,
  HoldTerms,
  ReleaseBatchResult,
  SeatOperations,
  SoldAllocation,
  SoldPage,
} from "./inventory/types.ts";
export { openEventService } from "./open.ts";
export { seedEvents } from "./seed.ts";
