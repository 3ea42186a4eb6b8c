import type { components } from "@evently/shared/client/gateway";
import { dataOf } from "../journeys/platform.ts";
import type { PageState } from "./all_pages.ts";
import { holdByApi, publishEvent } from "./buying.ts";
import { newAnalyst, ORGANISER } from "./console_login.ts";
import { organiserOf } from "./organiser.ts";
import { buyByApi, eventWithLine, holdInVain, namedPerson } from "./selling.ts";
import type { WebTest } from "./suite.ts";

type Webhook = components["schemas"]["WebhookWithSecret"];

/** The pages of one event and of webhooks in the console, in the states that an organiser meets. */
export async function eventConsolePages(t: WebTest): Promise<PageState[]> {
  const organiser = ORGANISER;
  const sold = await eventWithLine(t, 3);
  const selling = await sellingEvent(t);
  const heldInVain = await eventHeldInVain(t);
  const draft = await draftEvent(t);
  const cancelled = await cancelledEvent(t);
  const webhook = await pingedWebhook(t);
  const analyst = await newAnalyst(t);
  const at = (id: string, page = "") => `/console/events/${id}${page}`;
  const { eventId } = sold;
  return [
    { name: "console event", path: at(selling), organiser },
    { name: "console event, sold out", path: at(eventId), organiser },
    { name: "console event, draft", path: at(draft), organiser },
    { name: "console event, cancelled", path: at(cancelled), organiser },
    { name: "console event, analyst", path: at(eventId), organiser: analyst },
    { name: "console bookings", path: at(selling, "/bookings"), organiser },
    { name: "console bookings, none", path: at(draft, "/bookings"), organiser },
    { name: "console bookings, not found", path: at(eventId, "/bookings?q=zzzz"), organiser },
    {
      name: "console booking",
      path: at(eventId, `/bookings/${sold.bookingIds[0]}`),
      organiser,
    },
    { name: "console waitlist", path: at(eventId, "/waitlist"), organiser },
    { name: "console waitlist, nobody", path: at(draft, "/waitlist"), organiser },
    { name: "console holds", path: at(heldInVain, "/holds"), organiser },
    { name: "console holds, Hindi", path: `/hi${at(heldInVain, "/holds")}`, organiser },
    { name: "console holds, nobody", path: at(draft, "/holds"), organiser },
    { name: "console event, warned", path: at(heldInVain), organiser },
    { name: "console ledger", path: at(selling, "/ledger"), organiser },
    { name: "console ledger, Hindi", path: `/hi${at(selling, "/ledger")}`, organiser },
    { name: "console wall", path: at(selling, "/live"), organiser },
    { name: "console webhooks", path: "/console/webhooks", organiser },
    { name: "console webhook", path: `/console/webhooks/${webhook.webhook_id}`, organiser },
    { name: "console event, unknown", path: at(crypto.randomUUID()), organiser },
  ];
}

/** People who buy, in turn. */
const BUYERS = ["Asha Kulkarni", "Ben Okri", "Chitra Rao", "Dev Anand", "Esha Iyer"];
const BOOKINGS = 24;

/** An event that sells, by several types and over some weeks. */
async function sellingEvent(t: WebTest): Promise<string> {
  const organiser = await organiserOf(t.platform);
  const name = "Monsoon Echoes: Indie Live";
  const eventId = await organiser.event({ name, capacity: 120, price: 1_499 });
  await organiser.addType(eventId, { name: "Balcony", price: 2_499, capacity: 20 });
  for (let i = 0; i < BOOKINGS; i++) {
    const buyer = await namedPerson(t, BUYERS[i % BUYERS.length]!);
    await buyByApi(t, buyer, { eventId, quantity: 1 + i % 4, typeId: eventId });
  }
  // As if they had come one after the other, more of them lately.
  await t.platform.bookingsDb`
    UPDATE bookings b SET confirmed_at = b.confirmed_at - n * n * interval '1.5 hours'
      FROM (SELECT booking_id, row_number() OVER (ORDER BY booked_at DESC) - 1 AS n
              FROM bookings WHERE event_id = ${eventId}) AS nth
     WHERE b.event_id = ${eventId} AND b.booking_id = nth.booking_id`;
  return eventId;
}

/** An event that one account holds again and again; another one is blocked. */
async function eventHeldInVain(t: WebTest): Promise<string> {
  const { eventId } = await publishEvent(t, { capacity: 40 });
  const [bot, blocked] = [await namedPerson(t, "Ben Okri"), await namedPerson(t, "Dev Anand")];
  await holdInVain(t, bot, { eventId, times: 20 });
  await holdByApi(t, bot, { eventId, quantity: 6 });
  const { headers } = await organiserOf(t.platform);
  await dataOf(t.platform.api.PUT("/api/event/admin/events/{id}/holds/blocks/{user_id}", {
    headers,
    params: { path: { id: eventId, user_id: blocked.userId } },
    body: { hours: 24 },
  }));
  return eventId;
}

async function draftEvent({ platform }: WebTest): Promise<string> {
  return await (await organiserOf(platform)).event({ isDraft: true });
}

async function cancelledEvent(t: WebTest): Promise<string> {
  const { eventId } = await publishEvent(t);
  await buyByApi(t, await namedPerson(t, "Chitra Rao"), { eventId });
  await (await organiserOf(t.platform)).cancel(eventId);
  return eventId;
}

/** A webhook whose address nobody listens to. */
async function pingedWebhook({ platform }: WebTest): Promise<Webhook> {
  const { headers } = await organiserOf(platform);
  const webhook = await dataOf(platform.api.POST("/api/event/admin/webhooks", {
    headers,
    body: {
      url: "http://127.0.0.1:1025/evently",
      topics: ["booking.confirmed", "event.sold_out"],
      description: "Our till",
      status: "active",
    },
  }));
  await dataOf(platform.api.POST("/api/event/admin/webhooks/{id}/ping", {
    headers,
    params: { path: { id: webhook.webhook_id } },
  }));
  return webhook;
}
