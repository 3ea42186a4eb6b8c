import type { AccessTokens } from "@evently/shared/auth";
import type { Coalescer, KeyedCoalescer } from "@evently/shared/batch";
import type { Clock } from "@evently/shared/clock";
import type { AppDeps, RateLimiter } from "@evently/shared/http";
import type { IdSource } from "@evently/shared/ids";
import type { HoldResponse, HoldResult } from "@evently/event";
import type { Booking, NewBooking } from "./orders/booking.ts";
import type { ConfirmationsUnderWay } from "./payments/confirmations_under_way.ts";
import type { EventDirectory } from "./peers/event_directory.ts";
import type { GrantedAllocations } from "./peers/granted_allocations.ts";
import type { HeldBooking, HoldDocuments } from "./holds/hold_documents.ts";
import type { PromptRelease } from "./peers/prompt_release.ts";
import type { PaymentProvider } from "./payments/provider.ts";
import type { HoldItem, SeatInventory } from "./peers/seat_inventory.ts";
import type { SoldOutMemory } from "./peers/sold_out_memory.ts";
import type { BookingStore, BuyerOfEvent, Capture, Claim, Confirmation } from "./orders/store.ts";

/** What the service can be told about its rules. */
export interface BookingSettings {
  /** How long seats are held for a reservation. */
  holdTtlMs: number;
  /** The most tickets of one booking, whatever its event allows. */
  max_tickets_per_booking: number;
  /** How long after its reservation a hold ends at the latest, whatever extends it. */
  maxHoldMs: number;
}

/** One allocation's part of the answer to the batch that it went with. */
export interface HoldAnswer {
  result: HoldResult;
  batch: Omit<HoldResponse, "results">;
}

/** Everything that the booking service needs; whoever builds it decides what is real. */
export interface BookingDeps extends AppDeps {
  settings: BookingSettings;
  clock: Clock;
  ids: IdSource;
  store: BookingStore;
  seats: SeatInventory;
  events: EventDirectory;
  payments: PaymentProvider;
  holds: HoldDocuments;
  soldOut: SoldOutMemory;
  granted: GrantedAllocations;
  attempts: RateLimiter;
  tokens: Pick<AccessTokens, "verifyUser">;
  internalApiKey: string;
  /** Group commit of holds, by event. */
  holdBatches: KeyedCoalescer<HoldItem, HoldAnswer>;
  /** Group commit of sales, by event; answers whether the seats were sold. */
  commitBatches: KeyedCoalescer<string, boolean>;
  /** Group commit of confirmations that begin, and of those that end, by booking. */
  startBatches: KeyedCoalescer<Claim, Confirmation | undefined>;
  completeBatches: KeyedCoalescer<Capture, Booking | undefined>;
  /** Group commit of new bookings. */
  insertBatches: Coalescer<NewBooking, Booking>;
  /** Group look-up of bookings by id. */
  findBatches: Coalescer<string, Booking | undefined>;
  /** Group look-up of the open holds that a buyer has of an event. */
  openHoldBatches: Coalescer<BuyerOfEvent, Booking[]>;
  /** Confirmations that this process drives. */
  confirmations: ConfirmationsUnderWay;
  /** For bookings that end before their time. */
  releasePromptly: PromptRelease;
  /** Reservations under way in this process, by booking id, event and quantity. */
  reserving: Map<string, Promise<HeldBooking>>;
  /** Told of each reserve, confirm and cancel: hashing makes way for them. */
  urgent: { begin(): void };
  /** Says that there is something to deliver. */
  nudge: { outbox(): void };
  /** Throw while the store does not answer. */
  pingDatabase: () => Promise<unknown>;
  pingRedis: () => Promise<unknown>;
}
