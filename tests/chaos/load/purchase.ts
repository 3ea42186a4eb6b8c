import { bearer, type Random } from "@evently/shared/testing";
import type { Findings } from "../findings.ts";
import { pause } from "../servers/supervised.ts";
import type { HttpClient, Reply } from "./http.ts";
import type { Journal, Purchase, ReserveAnswer } from "./journal.ts";

/** Dependencies of a client. */
export interface Shop {
  http: HttpClient;
  journal: Journal;
  findings: Findings;
  random: Random;
  /** Aborted when the load stops; then no request is retried. */
  stopped: AbortSignal;
}

const RETRY_MIN_MS = 50;
const RETRY_SPREAD_MS = 250;
/** Retries outlast every outage of a run. */
const MAX_ATTEMPTS = 600;
/** One in this many requests is aborted by its client and retried. */
const ONE_HANG_UP_IN = 20;
const HANG_UP_WITHIN_MS = 30;
const SERVER_ERROR = 500;

/** Retries a request until the response is no server error. Returns `undefined` if the load stops first. */
export async function retry<Data, Failure>(
  { http, random, stopped }: Shop,
  call: Parameters<typeof http.ask<Data, Failure>>[0],
): Promise<Reply<Data, Failure> | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS && !stopped.aborted; attempt++) {
    const hangsUp = attempt === 0 && random.below(ONE_HANG_UP_IN) === 0;
    const hangUpAfterMs = hangsUp ? random.below(HANG_UP_WITHIN_MS) : undefined;
    const answer = await http.ask(call, { hangUpAfterMs });
    if (answer && answer.status < SERVER_ERROR) return answer;
    await pause(RETRY_MIN_MS + random.below(RETRY_SPREAD_MS), stopped);
  }
  return undefined;
}

/** Reserves seats. If the purchase is already reserved, checks that the replay returns the same answer. */
export async function reserve(shop: Shop, purchase: Purchase): Promise<void> {
  const { journal, findings } = shop;
  const { eventId, quantity, key: idempotencyKey, token, reserved } = purchase;
  const answer = await retry(shop, (api, init) =>
    api.POST("/api/booking/bookings/reserve", {
      ...init,
      headers: bearer(token),
      body: { event_id: eventId, quantity, idempotency_key: idempotencyKey },
    }));
  if (!answer) return;
  const { status, data } = answer;
  if (reserved) {
    journal.acknowledged.replayed++;
    if (!data || !sameAnswer(data, reserved)) {
      findings.add(
        "a replay with the same key got a different answer",
        `${idempotencyKey}: ${differences(reserved, data)}: first ${JSON.stringify(reserved)}, ` +
          `then ${show(answer)}`,
      );
    }
  } else if (data) {
    purchase.reserved = data;
    journal.acknowledged.reserved++;
  } else if (status === 409) {
    journal.acknowledged.refused++;
  } else findings.add("an unexpected response", `reserve: ${show(answer)}`);
}

/** What a replay must repeat, in the order in which a finding names it. */
const COMPARED = [
  "reservation_id",
  "booking_reference",
  "total_amount",
  "expires_at",
  "status",
] as const satisfies readonly (keyof ReserveAnswer)[];

function sameAnswer(body: ReserveAnswer, first: ReserveAnswer): boolean {
  return body.reservation_id === first.reservation_id &&
    body.booking_reference === first.booking_reference &&
    body.total_amount === first.total_amount &&
    // A hold may be extended for its payment; an ended booking shows when it ended.
    (body.status !== "pending" || body.expires_at >= first.expires_at);
}

/** What differs, shortly: it begins a finding's line, whose end may be cut off. */
function differences(first: ReserveAnswer, then: ReserveAnswer | undefined): string {
  if (!then) return "refused";
  return COMPARED.filter((field) => first[field] !== then[field])
    .map((field) => `${field} first ${first[field]}, then ${then[field]}`).join("; ");
}

/** Confirms with a payment. If no response arrives, the next checkpoint checks the outcome. */
export async function confirm(shop: Shop, purchase: Purchase): Promise<void> {
  const { journal, findings } = shop;
  const { reservation_id, expires_at } = purchase.reserved!;
  purchase.confirmSent = true;
  const answer = await retry(shop, (api, init) =>
    api.POST("/api/booking/bookings/confirm", {
      ...init,
      headers: bearer(purchase.token),
      body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
    }));
  if (!answer) return;
  const { status, data, error } = answer;
  if (data && "payment" in data) {
    const { transaction_id, amount } = data.payment;
    purchase.confirmed = { transaction_id, amount };
    journal.acknowledged.confirmed++;
  } else if (status === 402) {
    journal.acknowledged.declined++;
  } else if (status === 400 && error?.code === "RESERVATION_EXPIRED") {
    if (Date.now() < Date.parse(expires_at)) {
      findings.add(
        "a hold ended early",
        `${reservation_id} until ${expires_at}: ${show(answer)}`,
      );
    }
  } else {
    // A retry of a successful confirmation with the same token must succeed too.
    findings.add("an unexpected response", `confirm: ${show(answer)}`);
  }
}

/** Cancels the booking in any state. */
export async function cancel(shop: Shop, purchase: Purchase): Promise<void> {
  purchase.cancelSent = true;
  const answer = await retry(shop, (api, init) =>
    api.DELETE("/api/booking/bookings/{id}", {
      ...init,
      headers: bearer(purchase.token),
      params: { path: { id: purchase.reserved!.reservation_id } },
    }));
  if (!answer) return;
  if (answer.data) {
    purchase.cancelled = { refund_amount: answer.data.refund_amount };
    shop.journal.acknowledged.cancelled++;
  } else if (answer.status !== 409) {
    shop.findings.add("an unexpected response", `cancel: ${show(answer)}`);
  }
}

/** Reads the booking and checks that it shows all acknowledged changes. */
export async function readBack(shop: Shop, purchase: Purchase): Promise<void> {
  const { reservation_id } = purchase.reserved!;
  const answer = await retry(shop, (api, init) =>
    api.GET("/api/booking/bookings/{id}", {
      ...init,
      headers: bearer(purchase.token),
      params: { path: { id: reservation_id } },
    }));
  if (!answer) return;
  const shown = answer.data?.status;
  const contradicts = shown === undefined ||
    (purchase.cancelled && shown !== "cancelled") ||
    (purchase.confirmed && !purchase.cancelSent && shown !== "confirmed") ||
    (!purchase.confirmSent && shown === "confirmed") ||
    (!purchase.cancelSent && shown === "cancelled");
  if (contradicts) {
    shop.findings.add(
      "a booking contradicts its acknowledgements",
      `${JSON.stringify(purchase)}: ${show(answer)}`,
    );
  }
}

/** Formats a response for a finding. */
export function show({ status, data, error }: Reply<unknown, unknown>): string {
  return `${status} ${JSON.stringify(data ?? error)}`;
}
