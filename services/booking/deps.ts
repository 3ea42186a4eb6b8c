import type { AccessTokens } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import type { AppDeps, RateLimiter } from "@evently/shared/http";
import type { IdSource } from "@evently/shared/ids";
import type { MailDeps } from "@evently/shared/mail";
import type { OutboxStore } from "@evently/shared/outbox";
import type { Secrets } from "@evently/shared/secrets";
import type { HeldBooking, HoldDocuments } from "./holds/hold_documents.ts";
import type { MailStore } from "./mails/mail_store.ts";
import type { Bookings } from "./orders/bookings.ts";
import type { SharedRuns } from "./orders/shared_runs.ts";
import type { ConfirmationsUnderWay } from "./payments/confirmations_under_way.ts";
import type { MockBank } from "./payments/mock_bank.ts";
import type { PaymentStore } from "./payments/payment_store.ts";
import type { PaymentProvider } from "./payments/provider.ts";
import type { PeopleReads } from "./people/people_sql.ts";
import type { Buyers } from "./peers/buyers.ts";
import type { Contacts } from "./peers/contacts.ts";
import type { EventDirectory } from "./peers/event_directory.ts";
import type { OrganiserWebhooks } from "./peers/organiser_webhooks.ts";
import type { SeatInventory } from "./peers/seat_inventory.ts";
import type { Seats } from "./peers/seats.ts";
import type { TicketHolders } from "./peers/ticket_holders.ts";
import type { SalesReads } from "./sales/store.ts";
import type { BlockedBuyers } from "./unpaid_holds/blocked_buyers.ts";
import type { UnpaidHoldStore } from "./unpaid_holds/store.ts";
import type { WaitlistFactListener } from "./waitlist/facts.ts";
import type { Joins } from "./waitlist/joins.ts";
import type { LineFacts } from "./waitlist/line_facts.ts";
import type { OpenOffers } from "./waitlist/meet_offer.ts";
import type { OfferHolders } from "./waitlist/offer_holders.ts";
import type { Positions } from "./waitlist/positions.ts";
import type { Waitlist } from "./waitlist/waitlist.ts";

/** The rules of the service. */
export interface BookingSettings {
  /** How long seats are held for a reservation. */
  holdTtlMs: number;
  /** The most tickets per booking, whatever the event allows. */
  maxTicketsPerBooking: number;
  /** The longest time from a reservation to the end of its hold, with extensions. */
  maxHoldMs: number;
  /** How long an offer of the waitlist can be confirmed. */
  offerMs: number;
}

/** Everything that orders need. Each verb names the part that it uses. */
export interface BookingDeps extends AppDeps {
  settings: BookingSettings;
  clock: Clock;
  ids: IdSource;
  seats: Seats;
  bookings: Bookings;
  outboxStore: OutboxStore;
  events: EventDirectory;
  ticketHolders: TicketHolders;
  payments: PaymentProvider;
  paymentStore: PaymentStore;
  /** Of the mock provider, where that is the provider. */
  mockBank: MockBank | undefined;
  holds: HoldDocuments;
  attempts: RateLimiter;
  /** Reservations under way in this process. */
  reservations: SharedRuns<HeldBooking>;
  /** Confirmations that this process drives. */
  confirmations: ConfirmationsUnderWay;
  /** Open offers of waitlists. */
  offers: OpenOffers;
  /** Who may not reserve, as organisers decided. */
  blockedBuyers: Pick<BlockedBuyers, "until">;
  tokens: Pick<AccessTokens, "verifyUser">;
  /** Admitted by internal routes. */
  internalApiKeys: Secrets;
  /** Told of each reserve, confirm and cancel: hashing of passwords makes way for them. */
  urgent: { begin(): void };
  /** Wakes the worker of the outbox. */
  nudge: { outbox(): void };
  /** Throw while the store does not answer. */
  pingDatabase: () => Promise<unknown>;
  pingRedis: () => Promise<unknown>;
}

/** What waitlists need besides. */
export interface WaitlistDeps {
  /** The seat inventory itself: the waitlist makes its own batches. */
  inventory: SeatInventory;
  waitlist: Waitlist;
  joins: Joins;
  /** Places in line, in Redis. */
  positions: Positions;
  offerHolders: OfferHolders;
  /** What all who wait for an event are told of it. */
  facts: LineFacts;
  /** Wakes the worker of the waitlist. */
  nudge: { waitlist(): void };
}

/** What mails to buyers need. */
export interface BookingMailDeps {
  mails: MailStore;
  contacts: Contacts;
  mail: MailDeps;
  waitlistFacts: WaitlistFactListener;
  /** Told of facts about bookings and waitlists. */
  webhooks: OrganiserWebhooks;
  /** Wakes the worker that sends mails. */
  nudge: { mails(): void };
}

/** What organisers see of bookings. */
export interface EventBookingsDeps {
  sales: SalesReads;
  buyers: Buyers;
}

/** What organisers see of unpaid holds, and do about them. */
export interface UnpaidHoldDeps {
  unpaidHolds: UnpaidHoldStore;
  blockedBuyers: BlockedBuyers;
}

/** What the user service asks about people. */
export interface PeopleDeps {
  people: PeopleReads;
}

/** What sales need. */
export type SaleDeps = BookingDeps & WaitlistDeps;

/** Everything that the booking service needs. */
export type BookingServiceDeps =
  & SaleDeps
  & BookingMailDeps
  & EventBookingsDeps
  & UnpaidHoldDeps
  & PeopleDeps;
