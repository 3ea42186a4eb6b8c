import { type ActionRequired, type Booking, confirm, type Payment } from "../../api/bookings.ts";
import type { Api } from "../../api/client.ts";
import { ApiError, Unreachable } from "../../api/errors.ts";

/** What became of a payment. */
export type PaymentOutcome =
  | { kind: "paid"; ticketUrl: string }
  | { kind: "declined" }
  | { kind: "action"; action: ActionRequired["next_action"] }
  /** The booking is not what this page took it for: over, paid in another tab, or another account's. */
  | { kind: "changed" }
  | { kind: "failed"; requestId: string | undefined }
  /** No answer, or one that it is under way or that its provider tells later. */
  | { kind: "unknown" };

/** What is sent. */
export interface PaymentOfBooking {
  bookingId: string;
  payment?: Payment | undefined;
}

/** Sends a payment. The same one may be sent again: it is made once, and gets the same answer. */
export async function sendPayment(
  api: Api,
  { bookingId, payment }: PaymentOfBooking,
): Promise<PaymentOutcome> {
  try {
    const answer = await confirm(api, { bookingId, payment });
    if (answer.status === "processing") return { kind: "unknown" };
    return answer.status === "confirmed"
      ? { kind: "paid", ticketUrl: answer.ticket_url }
      : { kind: "action", action: answer.next_action };
  } catch (error) {
    if (error instanceof Unreachable) return { kind: "unknown" };
    if (!(error instanceof ApiError)) throw error;
    if (error.status >= 500 || error.status === 408 || error.status === 429) {
      return { kind: "unknown" };
    }
    if (error.status === 402) return { kind: "declined" };
    const isChanged = error.code === "RESERVATION_EXPIRED" ||
      [401, 403, 409].includes(error.status);
    return isChanged ? { kind: "changed" } : { kind: "failed", requestId: error.requestId };
  }
}

export interface AskDeps {
  api: Api;
  /** The booking as it is now; `null` for none of this account. */
  readBooking(): Promise<Booking | null>;
  signal: AbortSignal;
}

/** Waits before each question; the last one counts for all further ones. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 10_000] as const;
/** About five minutes: no hold lasts longer. */
const MAX_QUESTIONS = 32;
/** After this many questions without news the payment itself is sent again: it may never have arrived. */
const QUESTIONS_BEFORE_SENDING = 2;

/** Asks what became of a payment until the server knows, or `MAX_QUESTIONS` times. */
export async function askForPayment(
  { api, readBooking, signal }: AskDeps,
  sent: PaymentOfBooking,
): Promise<PaymentOutcome> {
  for (let question = 0; question < MAX_QUESTIONS && !signal.aborted; question++) {
    await pause(WAITS_MS[question] ?? WAITS_MS.at(-1)!, signal);
    if (signal.aborted) break;
    const known = await readBooking().then(outcomeOf, () => undefined);
    if (known) return known;
    if (question < QUESTIONS_BEFORE_SENDING) continue;
    const outcome = await sendPayment(api, sent);
    if (outcome.kind !== "unknown") return outcome;
  }
  return { kind: "unknown" };
}

/** What a booking says of its payment; `undefined` while it may be under way, also after an earlier one was declined. */
function outcomeOf(booking: Booking | null): PaymentOutcome | undefined {
  if (!booking) return { kind: "changed" };
  const { status, ticket_url } = booking;
  if (status === "confirmed" && ticket_url) return { kind: "paid", ticketUrl: ticket_url };
  return status === "pending" ? undefined : { kind: "changed" };
}

/** Waits, but not longer than until the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
