/** The event service, and the types that its callers share with it. */
export { eventSection } from "./config.ts";
export type { RefundPolicy } from "./events/refund_policy.ts";
export {
  type AllocationBatch,
  type AllocationState,
  type CommitBatch,
  type CommitBatchResult,
  DEFAULT_TICKET_NAME,
  type ExtendItem,
  type ExtendResult,
  type HoldBatch,
  type HoldBatchResult,
  type HoldItem,
  type HoldResult,
  type HoldTerms,
  type Refusal,
  type RefusalReason,
  type ReleaseBatchResult,
  type SeatOperations,
  type SoldAllocation,
  type SoldPage,
  type TypeTerms,
} from "./inventory/types.ts";
export { openEventService } from "./open.ts";
export { seedEvents } from "./seed.ts";
