/** The event service, and the types that its callers share with it. */
export { eventSection } from "./config.ts";
export type { RefundPolicy } from "./events/refund_policy.ts";
export {
  type AllocationBatch,
  type AllocationState,
  type CloseWaitlistRequest,
  type CloseWaitlistResult,
  type CommitBatch,
  type CommitBatchResult,
  DEFAULT_TICKET_NAME,
  type ExtendItem,
  type ExtendResult,
  type HoldBatch,
  type HoldBatchResult,
  type HoldItem,
  type HoldRequest,
  type HoldResult,
  type HoldTerms,
  type ListedType,
  MAX_SUPPLY_EVENTS,
  MAX_TYPES_OF_WISH,
  MAX_WISHES,
  type OpenWaitlistRequest,
  type OpenWaitlistResult,
  type Refusal,
  type RefusalReason,
  type ReleaseBatchResult,
  type SeatOperations,
  type SoldAllocation,
  type SoldPage,
  type SuppliedType,
  type TypeTerms,
  type WaitlistSupply,
  type WaitlistWish,
  type WishResult,
} from "./inventory/types.ts";
export { openEventService } from "./open.ts";
export { seedEvents, type SellOut } from "./seed.ts";
