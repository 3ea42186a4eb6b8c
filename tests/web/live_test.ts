import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { openCheckout, pageOf, payButton } from "./buying.ts";
import { webSuite } from "./suite.ts";
import { headersOf, joinByApi, soldOutEvent } from "./waiting.ts";

const { test } = webSuite();
/** Access tokens that end soon, as a stream ends with its token. */
const short = webSuite({ JWT_ACCESS_TOKEN_DURATION: "4s" });

/** Twice as long as a page without a stream waits between two questions, and not so long that a stream seems dead. */
const LONG_MS = 20_000;
/** Lets the API say by a 404 that one does not wait. */
const NOT_WAITING = /404 .*\/api\/booking\/waitlist\/position/;

test("waitlist: place, offer and deadline come by the stream, and nobody asks for them", async (t) => {
  const event = await soldOutEvent(t, { bookings: [1, 1] });
  const [first, second] = [await t.person(), await t.person()];
  await joinByApi(t, first, { eventId: event.eventId, quantity: 1 });
  await joinByApi(t, second, { eventId: event.eventId, quantity: 1 });
  const page = await pageOf(t, second);
  const asked = watchRequests(page, /waitlist\/position|\/availability|bookings\/user/);
  await page.clock.install();
  const opened = Promise.all(
    ["**/api/booking/live", "**/api/event/events/*/live"].map((url) => page.waitForResponse(url)),
  );
  await page.goto(`/waitlist/${event.eventId}`);
  assert.deepEqual((await opened).map((response) => response.status()), [200, 200]);
  await heading(page, "You are 2nd of 2 in line").waitFor();
  const atFirst = asked();
  await page.clock.fastForward(LONG_MS);
  await dataOf(t.platform.api.DELETE("/api/booking/waitlist/leave", {
    headers: headersOf(first),
    params: { query: { event_id: event.eventId } },
  }));
  await heading(page, "You are 1st of 1 in line").waitFor();
  assert.deepEqual(asked(), atFirst, "nobody has asked");

  await event.giveBack();
  await heading(page, "1 ticket came back. It is yours if you want it.").waitFor();
  await page.getByRole("timer").getByText(/^\d+:\d\d$/).waitFor();
  assert.deepEqual(await violationsOf(page), []);
});

test("waitlist: without a stream the page asks, and goes over to it once there is one", async (t) => {
  t.expectConsole(/live/);
  const event = await soldOutEvent(t, { bookings: [1] });
  const person = await t.person();
  await joinByApi(t, person, { eventId: event.eventId, quantity: 1 });
  const page = await pageOf(t, person);
  await page.route("**/live", (route) => route.abort());
  await page.goto(`/waitlist/${event.eventId}`);
  await heading(page, "You are 1st of 1 in line").waitFor();
  await event.giveBack();
  await heading(page, "1 ticket came back. It is yours if you want it.").waitFor();
  const opened = page.waitForResponse("**/api/booking/live");
  await page.unroute("**/live");
  assert.equal((await opened).status(), 200);
});

test("checkout: a hold that is kept longer or let go elsewhere is seen at once", async (t) => {
  const opened = Promise.withResolvers<void>();
  const { bookingId, person, page } = await openCheckout(t, (page) => {
    void page.waitForResponse("**/api/booking/live").then(() => opened.resolve());
    return page.clock.install();
  });
  await opened.promise;
  await payButton(page, "₹500").waitFor();
  const ends = () => page.getByRole("timer").textContent();
  assert.match(await ends() ?? "", /^[45]:/);
  const own = { headers: headersOf(person), params: { path: { id: bookingId } } };
  await dataOf(t.platform.api.POST("/api/booking/bookings/{id}/extend", own));
  await page.getByRole("timer").getByText(/^(9|10|11):/).waitFor();
  await dataOf(t.platform.api.POST("/api/booking/bookings/{id}/expire", own));
  await heading(page, "Time is up").waitFor();
  assert.deepEqual(await violationsOf(page), []);
});

test("checkout: a payment that is driven on elsewhere leads to the ticket", async (t) => {
  const opened = Promise.withResolvers<void>();
  const { bookingId, person, page } = await openCheckout(t, (page) => {
    void page.waitForResponse("**/api/booking/live").then(() => opened.resolve());
    return page.clock.install();
  });
  await opened.promise;
  await payButton(page, "₹500").waitFor();
  await dataOf(t.platform.api.POST("/api/booking/bookings/confirm", {
    headers: headersOf(person),
    body: { reservation_id: bookingId, payment_token: "tok_visa", payment_method: "card" },
  }));
  await page.waitForURL(/\/tickets\//);
  await page.getByRole("status").getByText("Paid. You are going.").waitFor();
});

test("a tab that is not seen has no stream", async (t) => {
  const { page } = await openCheckout(t);
  await payButton(page, "₹500").waitFor();
  const ended = page.waitForEvent(
    "requestfailed",
    (request) => /booking\/live$/.test(request.url()),
  );
  await setVisible(page, false);
  await ended;
  const again = page.waitForResponse("**/api/booking/live");
  await setVisible(page, true);
  await again;
});

short.test("a stream that ends with its token is opened anew with the next one", async (t) => {
  t.expectConsole(NOT_WAITING);
  const event = await soldOutEvent(t, { bookings: [1, 1] });
  const [first, second] = [await t.person(), await t.person()];
  await joinByApi(t, first, { eventId: event.eventId, quantity: 1 });
  await joinByApi(t, second, { eventId: event.eventId, quantity: 1 });
  const page = await pageOf(t, second);
  const tokens = new Set<string>();
  page.on("response", async (response) => {
    if (!/booking\/live$/.test(response.url()) || response.status() !== 200) return;
    const { authorization } = await response.request().allHeaders();
    tokens.add(authorization!);
  });
  await page.goto(`/waitlist/${event.eventId}`);
  await heading(page, "You are 2nd of 2 in line").waitFor();
  await eventually("a third token has a stream", () => Promise.resolve(tokens.size >= 3));
  const { email, password } = first;
  const { access_token } = await dataOf(
    t.platform.api.POST("/api/user/auth/login", { body: { email, password } }),
  );
  await dataOf(t.platform.api.DELETE("/api/booking/waitlist/leave", {
    headers: { Authorization: `Bearer ${access_token}` },
    params: { query: { event_id: event.eventId } },
  }));
  await heading(page, "You are 1st of 1 in line").waitFor();
});

function heading(page: Page, name: string | RegExp) {
  return page.getByRole("heading", { name });
}

/** Remembers the addresses of requests from now on. @returns those so far */
function watchRequests(page: Page, pattern: RegExp): () => string[] {
  const urls: string[] = [];
  page.on("request", (request) => pattern.test(request.url()) && urls.push(request.url()));
  return () => [...urls];
}

/** Shows a page, or hides it behind another tab. */
async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isVisible ? "visible" : "hidden");
}
