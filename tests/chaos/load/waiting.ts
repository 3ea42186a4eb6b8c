import { bearer } from "@evently/shared/testing";
import { pause } from "../servers/supervised.ts";
import type { Purchase, Wait } from "./journal.ts";
import { cancel, confirm, reserve, retry, type Shop, show } from "./purchase.ts";

/** Most tickets that somebody waits for. */
export const MAX_WAITED = 3;
/** Looks at its position before a client gives up. */
const MAX_LOOKS = 12;
const LOOK_MIN_MS = 50;
const LOOK_SPREAD_MS = 200;
/** Probabilities in percent. */
const FEWER_WELCOME_PERCENT = 70;
const CONFIRM_PERCENT = 80;

/**
 * Joins the waitlist of an event, waits for an offer, and answers it in one of all ways, or leaves.
 *
 * @returns what was bought of the offer, if anything
 */
export async function waitForSeats(
  shop: Shop,
  { userId, token, eventId }: Pick<Wait, "userId" | "token" | "eventId">,
): Promise<Purchase | undefined> {
  const { random, stopped, journal } = shop;
  const quantity = 1 + random.below(MAX_WAITED);
  const minQuantity = random.below(100) < FEWER_WELCOME_PERCENT ? 1 : quantity;
  const wait = journal.join({ userId, token, eventId, quantity, minQuantity });
  await join(shop, wait);
  if (!wait.joined) return undefined;
  for (let looks = 0; looks < MAX_LOOKS && !stopped.aborted; looks++) {
    const position = await look(shop, wait);
    if (position?.status === "offered") return await answerOffer(shop, wait);
    if (position?.status !== "waiting") return undefined;
    await pause(LOOK_MIN_MS + random.below(LOOK_SPREAD_MS), stopped);
  }
  if (!stopped.aborted) await leave(shop, wait);
  return undefined;
}

async function join(shop: Shop, wait: Wait): Promise<void> {
  const { token, eventId, quantity, minQuantity } = wait;
  const reply = await retry(shop, (api, init) =>
    api.POST("/api/booking/waitlist/join", {
      ...init,
      headers: bearer(token),
      body: { event_id: eventId, quantity, min_quantity: minQuantity },
    }));
  if (!reply) return;
  const { data, error } = reply;
  if (data) {
    const { waitlist_id: entryId, min_quantity: minQuantity } = data;
    wait.joined = { entryId, minQuantity, atMs: Date.now() };
    shop.journal.acknowledged.joined++;
  } else if (error?.code !== "SEATS_AVAILABLE") {
    shop.findings.add("an unexpected response", `join: ${show(reply)}`);
  }
}

/** Returns the position of somebody whose joining was acknowledged, and who has not left. */
async function look(shop: Shop, { token, eventId }: Wait) {
  const reply = await retry(shop, (api, init) =>
    api.GET("/api/booking/waitlist/position", {
      ...init,
      headers: bearer(token),
      params: { query: { event_id: eventId } },
    }));
  if (reply && !reply.data) {
    shop.findings.add("an acknowledged place in line is lost", show(reply));
  }
  return reply?.data;
}

/** Answers an offer in one of all ways. */
async function answerOffer(shop: Shop, wait: Wait): Promise<Purchase | undefined> {
  shop.journal.acknowledged.offered++;
  switch (shop.random.pick(["reserve", "reserve", "reserve", "decline", "leave", "ignore"])) {
    case "reserve":
      return await takeOffer(shop, wait);
    case "decline":
      await decline(shop, wait);
      return undefined;
    case "leave":
      await leave(shop, wait);
      return undefined;
    default:
      return undefined;
  }
}

/** Reserves as any buyer would, so many tickets or fewer: that meets the offer. */
async function takeOffer(
  shop: Shop,
  { userId, token, eventId, quantity }: Wait,
): Promise<Purchase | undefined> {
  const fewer = 1 + shop.random.below(quantity);
  const purchase = shop.journal.open({ userId, token, eventId, quantity: fewer });
  await reserve(shop, purchase);
  if (!purchase.reserved) return undefined;
  shop.journal.acknowledged.taken++;
  if (shop.random.below(100) < CONFIRM_PERCENT) await confirm(shop, purchase);
  else await cancel(shop, purchase);
  await reserve(shop, purchase);
  return purchase;
}

async function decline(shop: Shop, { token, eventId }: Wait): Promise<void> {
  const reply = await retry(shop, (api, init) =>
    api.POST("/api/booking/waitlist/decline", {
      ...init,
      headers: bearer(token),
      body: { event_id: eventId },
    }));
  // 404: it has ended meanwhile, or the answer to an earlier request was lost.
  if (!reply || reply.data || reply.status === 404) return;
  shop.findings.add("an unexpected response", `decline: ${show(reply)}`);
}

/** Leaves the waitlist of an event, whether or not its user waits. */
export async function leave(
  shop: Shop,
  wait: Pick<Wait, "token" | "eventId" | "leaveSentMs">,
): Promise<void> {
  wait.leaveSentMs ??= Date.now();
  const { token, eventId } = wait;
  const reply = await retry(shop, (api, init) =>
    api.DELETE("/api/booking/waitlist/leave", {
      ...init,
      headers: bearer(token),
      params: { query: { event_id: eventId } },
    }));
  // 404: it has ended; 409: the offer is being confirmed.
  if (!reply || reply.data || reply.status === 404 || reply.status === 409) return;
  shop.findings.add("an unexpected response", `leave: ${show(reply)}`);
}
