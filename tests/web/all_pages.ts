import { dataOf } from "../journeys/platform.ts";
import type { ConsoleAccount } from "./console_login.ts";
import { eventConsolePages } from "./console_pages.ts";
import { teamPages } from "./team.ts";
import { organiserPages } from "./organiser_pages.ts";
import type { Person, WebTest } from "./suite.ts";

/** A page in one of its states. */
export interface PageState {
  name: string;
  path: string;
  /** Who looks; nobody, where absent. */
  person?: Person;
  /** Which organiser looks, at a page of the console. */
  organiser?: ConsoleAccount;
}

const PAID = { payment_token: "tok_visa", payment_method: "card" } as const;

/** Every page, in the states that a person of a seeded platform can bring about. */
export async function allPages(t: WebTest): Promise<PageState[]> {
  const { api } = t.platform;
  const { results } = await dataOf(api.GET("/api/search/search", { params: { query: {} } }));
  const open = results.find(({ available_seats }) => available_seats > 0)!;
  const full = results.find(({ available_seats }) => available_seats === 0)!;
  const types = results.find(({ name }) => name === "Bengaluru Tech Summit")!;
  const person = await t.person();
  const reserve = () => reserveOne(t, person, open.event_id);
  const held = await reserve();
  const paid = await reserve();
  const headers = { Authorization: `Bearer ${person.token}` };
  const { ticket_url } = await dataOf(
    api.POST("/api/booking/bookings/confirm", {
      headers,
      body: { reservation_id: paid, ...PAID },
    }),
  ) as { ticket_url: string };
  const code = ticket_url.split("/").at(-1)!;
  const waiting = await t.person();
  await dataOf(
    api.POST("/api/booking/waitlist/join", {
      headers: { Authorization: `Bearer ${waiting.token}` },
      body: { event_id: full.event_id, quantity: 2 },
    }),
  );
  return [
    { name: "home", path: "/" },
    { name: "list", path: "/events" },
    { name: "list, filtered", path: "/events?city=Pune&sort=price" },
    { name: "list, calendar", path: "/events?view=calendar" },
    { name: "list, nothing found", path: "/events?q=zzzzzz" },
    { name: "event", path: `/events/${open.event_id}` },
    { name: "event, several types", path: `/events/${types.event_id}` },
    { name: "event, sold out", path: `/events/${full.event_id}` },
    { name: "proof", path: `/events/${open.event_id}/proof` },
    { name: "checkout", path: `/checkout/${held}`, person },
    { name: "checkout, paid", path: `/checkout/${paid}`, person },
    { name: "checkout, not mine", path: `/checkout/${held}`, person: waiting },
    { name: "ticket", path: `/tickets/${code}` },
    { name: "waitlist, joining", path: `/waitlist/${full.event_id}?n=2`, person },
    { name: "waitlist, waiting", path: `/waitlist/${full.event_id}`, person: waiting },
    { name: "waitlist, seats are free", path: `/waitlist/${open.event_id}`, person },
    { name: "account", path: "/account", person },
    { name: "bookings", path: "/account/bookings", person },
    { name: "bookings, none", path: "/account/bookings", person: waiting },
    { name: "booking", path: `/account/bookings/${paid}`, person },
    { name: "log-in", path: "/login?to=%2Faccount" },
    { name: "register", path: "/register" },
    { name: "forgot", path: "/forgot" },
    { name: "reset", path: "/reset#token=of-a-mail" },
    { name: "reset, no link", path: "/reset" },
    { name: "verify", path: "/verify#token=of-a-mail" },
    { name: "verify, no link", path: "/verify", person },
    { name: "help: proof", path: "/help/proof" },
    { name: "help: refunds", path: "/help/refunds" },
    { name: "help: accessibility", path: "/help/accessibility" },
    { name: "not found", path: "/nothing-here" },
    ...await organiserPages(t),
    ...await eventConsolePages(t),
    ...await teamPages(t),
  ];
}

async function reserveOne(t: WebTest, person: Person, eventId: string): Promise<string> {
  const { reservation_id } = await dataOf(
    t.platform.api.POST("/api/booking/bookings/reserve", {
      headers: { Authorization: `Bearer ${person.token}` },
      body: { event_id: eventId, quantity: 1, idempotency_key: crypto.randomUUID() },
    }),
  );
  return reservation_id;
}
