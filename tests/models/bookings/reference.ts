import { SeatModel } from "../seats/seat_model.ts";
import { SWEEP_GRACE_MS } from "../../../services/event/inventory/run_seat_sweep.ts";
import type { BookingStatus, PaymentStatus } from "../../../services/booking/orders/booking.ts";
import { PRICE_MINOR } from "../../../services/booking/testing/organiser.ts";

const HOLD_MS = 300_000;
const PAYMENT_WINDOW_MS = 60_000;
const REFUSAL_MEMORY_MS = 200;
const MOST_TICKETS = 10;
/** Length of an extended hold: the maximum hold less the payment window. */
const EXTENDED_MS = 2 * HOLD_MS;
const HOUR_MS = 3_600_000;
/** Length of an event, as in `testing/world.ts`. */
const EVENT_MS = 2 * HOUR_MS;
/** The default refund policy and the organiser's replacements, as pairs of hours before the start and percent. */
export const POLICIES = {
  default: [[24, 100], [2, 50]],
  strict: [[0, 0]],
  generous: [[1, 80]],
} as const;
export type PolicyName = keyof typeof POLICIES;
const MAX_RELEASED = 1_000;

/** A booking of the reference; `number` identifies its user and key. */
interface RefBooking {
  number: number;
  quantity: number;
  status: BookingStatus;
  payment: PaymentStatus;
  expiresAtMs: number;
  extended: boolean;
  /** Policy in force at the sale. */
  soldWith: PolicyName;
  refundMinor: number | null;
  /** Amount refunded through the provider so far. */
  refundedMinor: number;
}

/** Initial state of a run. */
export interface Beginning {
  now: Date;
  capacity: number;
  startsInMs: number;
  max: number;
}

/** State that is compared after each command. */
export interface Visible {
  bookings: Record<
    number,
    Omit<RefBooking, "number" | "expiresAtMs" | "extended" | "soldWith">
  >;
  seats: { available: number; held: number; sold: number; set_aside: number; seq: number };
}

/**
 * In-memory reference of the booking service for one event; commands run one at a time. Each returns `ok` or the
 * code of its refusal. The model of the event service keeps the seats.
 */
export class Reference {
  readonly #seats = new SeatModel();
  readonly #eventId = "the event";
  readonly #bookings = new Map<number, RefBooking>();
  readonly #startMs: number;
  readonly #max: number;
  #nowMs: number;
  #policy: PolicyName = "default";
  /** Cached refusal: seats free at `seq`; larger requests are refused until `untilMs`. */
  readonly #refusal = { available: 0, seq: 0, untilMs: 0 };
  #toRelease = new Set<number>();
  #toRefund = new Set<number>();
  /** One more than the highest booking number reserved so far. */
  numbered = 0;
  #cancelled: "no" | "pending" | "delivered" = "no";

  constructor({ now, capacity, startsInMs, max }: Beginning) {
    this.#nowMs = now.getTime();
    this.#startMs = this.#nowMs + startsInMs;
    this.#max = max;
    this.#seats.addEvent({
      event_id: this.#eventId,
      status: "published",
      start_at: new Date(this.#startMs),
      end_at: new Date(this.#startMs + EVENT_MS),
      unit_price_minor: PRICE_MINOR,
      currency: "INR",
      max_tickets_per_booking: max,
    }, capacity);
  }

  reserve(number: number, quantity: number): string {
    this.numbered = Math.max(this.numbered, number + 1);
    if (quantity > MOST_TICKETS) return "TOO_MANY_TICKETS";
    const earlier = this.#bookings.get(number);
    const replay = earlier && (earlier.quantity === quantity ? "ok" : "IDEMPOTENCY_KEY_REUSED");
    // Until the hold's expiry a replay is answered from the cached document, without a query.
    if (earlier && earlier.expiresAtMs > this.#nowMs) return replay!;
    if (this.#isRefusalCached(quantity)) return replay ?? "NOT_ENOUGH_SEATS";
    const expiresMs = this.#nowMs + HOLD_MS;
    const expiresAt = new Date(expiresMs);
    const { results: [result], event, availableSeats } = this.#seats.hold({
      ...this.#at(),
      source: "public",
      revive: false,
      items: [{ allocationId: String(number), quantity, expiresAt }],
    });
    // Any answer but a refusal for want of seats ends the cached one.
    const cachedUntilMs = this.#refusal.untilMs;
    this.#refusal.untilMs = 0;
    if (replay) return replay;
    if (result?.outcome === "held") {
      this.#bookings.set(number, {
        number,
        quantity,
        status: "pending",
        payment: "pending",
        expiresAtMs: expiresMs,
        extended: false,
        soldWith: this.#policy,
        refundMinor: null,
        refundedMinor: 0,
      });
      return "ok";
    }
    if (!event?.isOnSale) return "EVENT_UNKNOWN";
    if (quantity > this.#max) return "TOO_MANY_TICKETS";
    this.#cacheAvailability(availableSeats);
    this.#refusal.untilMs = Math.max(cachedUntilMs, this.#nowMs + REFUSAL_MEMORY_MS);
    return "NOT_ENOUGH_SEATS";
  }

  confirm(number: number, { declined }: { declined: boolean }): string {
    const booking = this.#bookings.get(number);
    if (!booking) return "RESERVATION_EXPIRED";
    const { status, expiresAtMs } = booking;
    if (status === "expired" || (status === "pending" && expiresAtMs <= this.#nowMs)) {
      return "RESERVATION_EXPIRED";
    }
    if (status === "confirmed" && !declined) return "ok";
    if (status !== "pending") return "BOOKING_STATE_CONFLICT";
    if (expiresAtMs - this.#nowMs <= PAYMENT_WINDOW_MS) {
      const expiresAt = new Date(this.#nowMs + PAYMENT_WINDOW_MS);
      this.#seats.extend({
        ...this.#at(),
        items: [{ allocationId: String(number), expiresAt }],
      });
    }
    if (declined) {
      booking.payment = "failed";
      return "PAYMENT_DECLINED";
    }
    const { results: [sale] } = this.#seats.commit({
      ...this.#at(),
      allocationIds: [String(number)],
    });
    if (sale?.outcome !== "committed") {
      this.#end(booking, "expired");
      booking.payment = "failed";
      return "RESERVATION_EXPIRED";
    }
    booking.status = "confirmed";
    booking.payment = "completed";
    return "ok";
  }

  extend(number: number): string {
    const booking = this.#bookings.get(number);
    if (!booking) return "BOOKING_NOT_FOUND";
    const { status, expiresAtMs, extended } = booking;
    if (status === "expired" || (status === "pending" && expiresAtMs <= this.#nowMs)) {
      return "RESERVATION_EXPIRED";
    }
    if (status !== "pending" || extended) return "BOOKING_STATE_CONFLICT";
    const extendedMs = expiresAtMs - HOLD_MS + EXTENDED_MS;
    const expiresAt = new Date(extendedMs);
    this.#seats.extend({
      ...this.#at(),
      items: [{ allocationId: String(number), expiresAt }],
    });
    booking.expiresAtMs = extendedMs;
    booking.extended = true;
    return "ok";
  }

  cancel(number: number): string {
    const booking = this.#bookings.get(number);
    if (!booking) return "BOOKING_NOT_FOUND";
    if (!this.#isActive(booking)) return "BOOKING_STATE_CONFLICT";
    const isEventCancelled = this.#cancelled !== "no";
    if (!isEventCancelled && this.#nowMs >= this.#startMs + EVENT_MS) {
      return "BOOKING_STATE_CONFLICT";
    }
    const percents = [booking.soldWith, this.#policy].map((name) => this.#percentBy(name));
    this.#cancel(booking, isEventCancelled ? 100 : Math.max(...percents));
    this.#releasePromptly(booking);
    return "ok";
  }

  expire(number: number): string {
    const booking = this.#bookings.get(number);
    if (!booking) return "BOOKING_NOT_FOUND";
    if (booking.status !== "pending") return "BOOKING_STATE_CONFLICT";
    this.#end(booking, "expired");
    this.#releasePromptly(booking);
    return "ok";
  }

  timePasses(byMs: number): string {
    this.#nowMs += byMs;
    return "ok";
  }

  expireDue(): string {
    for (const booking of this.#bookings.values()) {
      if (booking.status !== "pending" || booking.expiresAtMs > this.#nowMs) continue;
      this.#end(booking, "expired");
    }
    return "ok";
  }

  sweepSeats(): string {
    const cutoff = new Date(this.#nowMs - SWEEP_GRACE_MS);
    this.#seats.releaseExpired({ eventId: this.#eventId, cutoff, limit: MAX_RELEASED });
    return "ok";
  }

  /** Delivers all messages of both outboxes. */
  settle(): string {
    if (this.#cancelled === "pending") {
      this.#cancelled = "delivered";
      for (const booking of this.#bookings.values()) {
        if (this.#isActive(booking)) this.#cancel(booking, 100);
      }
    }
    const allocationIds = [...this.#toRelease].map(String);
    if (allocationIds.length > 0) this.#seats.release({ eventId: this.#eventId, allocationIds });
    for (const number of this.#toRefund) {
      const booking = this.#bookings.get(number)!;
      booking.refundedMinor = booking.refundMinor!;
    }
    this.#toRelease.clear();
    this.#toRefund.clear();
    return "ok";
  }

  resize(capacity: number): string {
    if (capacity === this.#inventory().capacity) return "ok";
    if (this.#cancelled !== "no") return "EVENT_STATE_CONFLICT";
    return this.#seats.resize(this.#eventId, capacity) ? "ok" : "CAPACITY_BELOW_SOLD";
  }

  /** Setting the current policy again is `ok` in every state of the event. */
  changePolicy(name: PolicyName): string {
    if (name === this.#policy) return "ok";
    if (this.#cancelled !== "no") return "EVENT_STATE_CONFLICT";
    this.#policy = name;
    return "ok";
  }

  cancelEvent(): string {
    if (this.#cancelled !== "no") return "EVENT_STATE_CONFLICT";
    this.#cancelled = "pending";
    this.#seats.cancelEvent(this.#eventId);
    return "ok";
  }

  setWaitlistOpen(open: boolean): string {
    this.#seats.setWaitlistOpen(this.#eventId, open);
    return "ok";
  }

  visible(): Visible {
    const { capacity, held, sold, set_aside, seq } = this.#inventory();
    const bookings = [...this.#bookings.values()].map((
      { number, expiresAtMs: _1, extended: _2, soldWith: _3, ...visible },
    ) => [number, visible] as const);
    return {
      bookings: Object.fromEntries(bookings),
      seats: { available: capacity - held - sold - set_aside, held, sold, set_aside, seq },
    };
  }

  #at(): { eventId: string; now: Date } {
    return { eventId: this.#eventId, now: new Date(this.#nowMs) };
  }

  /**
   * Whether the cached refusal answers. After it expires one request queries the store; concurrent ones are still
   * refused.
   */
  #isRefusalCached(quantity: number): boolean {
    const { seq, capacity, held, sold, set_aside } = this.#inventory();
    if (seq > this.#refusal.seq) this.#cacheAvailability(capacity - held - sold - set_aside);
    if (quantity <= this.#refusal.available) return false;
    if (this.#refusal.untilMs > this.#nowMs) return true;
    if (this.#refusal.untilMs + REFUSAL_MEMORY_MS > this.#nowMs) {
      this.#refusal.untilMs = this.#nowMs + REFUSAL_MEMORY_MS;
    }
    return false;
  }

  /** Caches the free seats at the current `seq`; an open waitlist makes a refusal report none. */
  #cacheAvailability(available: number): void {
    this.#refusal.available = available;
    this.#refusal.seq = this.#inventory().seq;
  }

  #inventory() {
    return this.#seats.tables.house(this.#eventId)!;
  }

  #releasePromptly({ number }: RefBooking): void {
    this.#seats.release({ eventId: this.#eventId, allocationIds: [String(number)] });
  }

  #isActive({ status, expiresAtMs }: RefBooking): boolean {
    return status === "confirmed" || (status === "pending" && expiresAtMs > this.#nowMs);
  }

  #percentBy(name: PolicyName): number {
    const hoursLeft = (this.#startMs - this.#nowMs) / HOUR_MS;
    return POLICIES[name].find(([hoursBefore]) => hoursLeft > hoursBefore)?.[1] ?? 0;
  }

  #cancel(booking: RefBooking, percent: number): void {
    const paid = booking.status === "confirmed";
    this.#end(booking, "cancelled");
    booking.refundMinor = paid ? Math.floor(booking.quantity * PRICE_MINOR * percent / 100) : 0;
    if (booking.refundMinor === 0) return;
    booking.payment = "refunded";
    this.#toRefund.add(booking.number);
  }

  #end(booking: RefBooking, status: "cancelled" | "expired"): void {
    booking.status = status;
    this.#toRelease.add(booking.number);
  }
}
