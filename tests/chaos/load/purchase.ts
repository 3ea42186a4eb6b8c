import type { Random } from "@evently/shared/testing";
import type { Findings } from "../findings.ts";
import { pause } from "../servers/supervised.ts";
import { bearer, type HttpClient, type Told } from "./http.ts";
import type { Journal, Purchase, ReserveAnswer } from "./journal.ts";

/** What a client buys with. */
export interface Shop {
  http: HttpClient;
  journal: Journal;
  findings: Findings;
  random: Random;
  /** Ends what can be ended: nothing more is tried again. */
  stopped: AbortSignal;
}

const RETRY_MIN_MS = 50;
const RETRY_SPREAD_MS = 250;
/** Far more than any outage of a run lasts. */
const MAX_ATTEMPTS = 600;
/** One client in so many hangs up in the middle, and asks again. */
const ONE_LEAVES_IN = 20;
const LEAVES_WITHIN_MS = 30;
const SERVER_ERROR = 500;

/** Retries, by the same key, until an answer decides. `undefined`: the run is stopped. */
async function insist<Data, Failure>(
  { http, random, stopped }: Shop,
  call: Parameters<typeof http.ask<Data, Failure>>[0],
): Promise<Told<Data, Failure> | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS && !stopped.aborted; attempt++) {
    const leaves = attempt === 0 && random.below(ONE_LEAVES_IN) === 0;
    const leaveAfterMs = leaves ? random.below(LEAVES_WITHIN_MS) : undefined;
    const answer = await http.ask(call, { leaveAfterMs });
    if (answer && answer.status < SERVER_ERROR) return answer;
    await pause(RETRY_MIN_MS + random.below(RETRY_SPREAD_MS), stopped);
  }
  return undefined;
}

/** Reserves, or does so once more: what was answered once must be answered again. */
export async function reserve(shop: Shop, purchase: Purchase): Promise<void> {
  const { journal, findings } = shop;
  const { eventId, quantity, key: idempotencyKey, token, reserved } = purchase;
  const answer = await insist(shop, (api, init) =>
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
        "the same key, another answer",
        `${idempotencyKey}: first ${JSON.stringify(reserved)}, then ${show(answer)}`,
      );
    }
  } else if (data) {
    purchase.reserved = data;
    journal.acknowledged.reserved++;
  } else if (status === 409) {
    journal.acknowledged.refused++;
  } else findings.add("an answer that no request explains", `reserve: ${show(answer)}`);
}

function sameAnswer(body: ReserveAnswer, first: ReserveAnswer): boolean {
  return body.reservation_id === first.reservation_id &&
    body.booking_reference === first.booking_reference &&
    body.total_amount === first.total_amount &&
    // A hold may be extended for its payment; what has ended tells when it did.
    (body.status !== "pending" || body.expires_at >= first.expires_at);
}

/** Pays. Where no answer came, whether it was paid is seen at the next checkpoint. */
export async function confirm(shop: Shop, purchase: Purchase): Promise<void> {
  const { journal, findings } = shop;
  const { reservation_id, expires_at } = purchase.reserved!;
  purchase.confirmSent = true;
  const answer = await insist(shop, (api, init) =>
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
        "a hold was lost before its time",
        `${reservation_id} until ${expires_at}: ${show(answer)}`,
      );
    }
  } else {
    // An attempt of which no answer came, but which paid, answers the same token the same.
    findings.add("an answer that no request explains", `confirm: ${show(answer)}`);
  }
}

/** Gives the booking up, whatever has become of it. */
export async function cancel(shop: Shop, purchase: Purchase): Promise<void> {
  purchase.cancelSent = true;
  const answer = await insist(shop, (api, init) =>
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
    shop.findings.add("an answer that no request explains", `cancel: ${show(answer)}`);
  }
}

/** Reads the booking back: what was acknowledged must show at once. */
export async function look(shop: Shop, purchase: Purchase): Promise<void> {
  const { reservation_id } = purchase.reserved!;
  const answer = await insist(shop, (api, init) =>
    api.GET("/api/booking/bookings/{id}", {
      ...init,
      headers: bearer(purchase.token),
      params: { path: { id: reservation_id } },
    }));
  if (!answer) return;
  const shown = answer.data?.status;
  const lies = shown === undefined ||
    (purchase.cancelled && shown !== "cancelled") ||
    (purchase.confirmed && !purchase.cancelSent && shown !== "confirmed") ||
    (!purchase.confirmSent && shown === "confirmed") ||
    (!purchase.cancelSent && shown === "cancelled");
  if (lies) {
    shop.findings.add(
      "a booking is not as it was acknowledged",
      `${JSON.stringify(purchase)}: ${show(answer)}`,
    );
  }
}

function show({ status, data, error }: Told<unknown, unknown>): string {
  return `${status} ${JSON.stringify(data ?? error)}`;
}
