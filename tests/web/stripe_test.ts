import assert from "node:assert/strict";
import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { eventually } from "../journeys/platform.ts";
import { FakeStripe, PUBLISHABLE_KEY } from "../stripe/fake_stripe.ts";
import {
  assertBoughtOnce,
  bookedOf,
  holdByApi,
  openEvent,
  pageOf,
  payButton,
  publishEvent,
  seesTicket,
} from "./buying.ts";
import { interceptStripe } from "./stripe/intercept.ts";
import { type Person, webSuite, type WebTest } from "./suite.ts";

const fake = new FakeStripe();
Deno.test.afterAll(() => fake[Symbol.asyncDispose]());

const { test } = webSuite({
  ...fake.variables,
  PUBLIC_URL: "http://127.0.0.1",
  BOOKING_TAKEOVER_AFTER: "1s",
});

interface Checkout {
  page: Page;
  person: Person;
  eventId: string;
  bookingId: string;
}

/** Opens the checkout of two held tickets, with Stripe's origins answered by the test. */
async function openStripeCheckout(
  t: WebTest,
  options?: BrowserContextOptions,
): Promise<Checkout> {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person, options);
  await interceptStripe(page, fake);
  await page.goto(`/checkout/${bookingId}`);
  await cardOf(page).waitFor();
  return { page, person, eventId, bookingId };
}

const cardOf = (page: Page) =>
  page.frameLocator("iframe[title^='Secure payment']").getByLabel("Card number");

async function payBy(page: Page, card: string): Promise<void> {
  await cardOf(page).fill(card);
  await payButton(page, "₹500").click();
}

async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // deno-lint-ignore no-explicit-any -- axe is put into the page above
    const { violations } = await (globalThis as any).axe.run(document, { iframes: false });
    return violations.map(({ id }: { id: string }) => id);
  });
  assert.deepEqual(violations, []);
}

test("a card pays by Stripe's element, with the keyboard alone", async (t) => {
  const { page, person, eventId } = await openStripeCheckout(t);
  await cardOf(page).focus();
  await page.keyboard.type("4242");
  await page.keyboard.press("Tab");
  await payButton(page, "₹500").focus();
  await page.keyboard.press("Enter");
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("from an event's page the checkout is a document of its own, whose policy lets Stripe in", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await interceptStripe(page, fake);
  await openEvent(page, eventId, 2);
  assert.doesNotMatch(await page.content(), new RegExp(PUBLISHABLE_KEY));
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await payBy(page, "4242");
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("Stripe's origins stand in the policy of checkouts alone", async (t) => {
  const policyOf = async (path: string) => {
    const response = await fetch(t.origin + path, { headers: { Accept: "text/html" } });
    const html = await response.text();
    return { policy: response.headers.get("Content-Security-Policy") ?? "", html };
  };
  const { policy, html } = await policyOf(`/checkout/${crypto.randomUUID()}`);
  assert.match(
    policy,
    /script-src 'self' https:\/\/js\.stripe\.com https:\/\/\*\.js\.stripe\.com;/,
  );
  assert.match(policy, /connect-src 'self' https:\/\/api\.stripe\.com;/);
  assert.match(policy, /frame-src [^;]*https:\/\/hooks\.stripe\.com/);
  assert.match(html, new RegExp(PUBLISHABLE_KEY));
  for (const path of ["/", "/events", "/account", "/login"]) {
    const other = await policyOf(path);
    assert.doesNotMatch(other.policy, /stripe/, path);
    assert.doesNotMatch(other.html, new RegExp(PUBLISHABLE_KEY), path);
  }
});

test("a card number that is not whole is said in the element, and nothing is sent", async (t) => {
  const { page, person, eventId } = await openStripeCheckout(t);
  await payBy(page, "42");
  const frame = page.frameLocator("iframe[title^='Secure payment']");
  await frame.getByText("Your card number is incomplete.").waitFor();
  await payButton(page, "₹500").waitFor();
  const [booked] = await bookedOf(t, { person, eventId });
  assert.equal(booked?.status, "pending");
});

test("a declined card is said, and another one pays", async (t) => {
  t.expectConsole(/402/);
  const { page, person, eventId } = await openStripeCheckout(t);
  await payBy(page, "0002");
  await page.getByText("Your bank declined the payment.").waitFor();
  await assertAccessible(page);
  await payBy(page, "4242");
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("the bank's question opens over the page, and its answer pays", async (t) => {
  const { page, person, eventId } = await openStripeCheckout(t);
  await payBy(page, "3155");
  const bank = page.getByRole("dialog", { name: "Bank of the tests" });
  await bank.waitFor();
  await page.getByText("Your bank wants to hear from you.").waitFor();
  await bank.getByRole("button", { name: "Complete" }).click();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a buyer who fails at the bank may pay another way", async (t) => {
  t.expectConsole(/402/);
  const { page, person, eventId } = await openStripeCheckout(t);
  await payBy(page, "3155");
  await page.getByRole("button", { name: "Fail" }).click();
  await page.getByText("Your bank declined the payment.").waitFor();
  await payBy(page, "upi");
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a buyer who comes back from the bank's own page is asked for nothing more", async (t) => {
  const { page, person, eventId, bookingId } = await openStripeCheckout(t);
  await payBy(page, "upi asks");
  await page.getByText("Your bank wants to hear from you.").waitFor();
  const link = page.getByRole("link", { name: "Go to the bank" });
  await link.waitFor();
  assert.match(await link.getAttribute("href") ?? "", /^https:\/\/hooks\.stripe\.com\//);
  const waiting = fake.ledger.all().find(({ status }) => status === "requires_action");
  fake.ledger.answerBank(waiting!.id, "approve");
  await page.goto(`/checkout/${bookingId}?redirect_status=succeeded`);
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a payment under way is said to be unknown, and shows the ticket once the bank knows", async (t) => {
  t.expectConsole(/503/);
  const { page, person, eventId } = await openStripeCheckout(t);
  await payBy(page, "bank");
  await page.getByText("We do not know yet whether the payment went through.").waitFor();
  await page.getByText("Do not pay twice").waitFor();
  await assertAccessible(page);
  const waiting = await eventually(
    "the bank has it",
    () => Promise.resolve(fake.ledger.all().find(({ status }) => status === "processing")),
  );
  fake.ledger.settle(waiting.id, "succeeds");
  page.setDefaultTimeout(40_000);
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a Stripe whose script does not load is said, and can be tried again", async (t) => {
  t.expectConsole(/ERR_FAILED|Stripe/);
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person);
  await page.route("https://js.stripe.com/**", (route) => route.abort());
  await page.goto(`/checkout/${bookingId}`);
  await page.getByText("We cannot reach the payment provider just now.").waitFor();
  await page.unroute("https://js.stripe.com/**");
  await interceptStripe(page, fake);
  await page.getByRole("button", { name: "Try again" }).click();
  await payBy(page, "4242");
  await seesTicket(page);
});

test("the element is light and dark as the page is, and nothing is cut off on a phone", async (t) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await openStripeCheckout(t, {
      colorScheme,
      viewport: { width: 320, height: 640 },
    });
    await assertAccessible(page);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await eventually("the frame has the page's ground", async () => {
      const body = page.frameLocator("iframe[title^='Secure payment']").locator("body");
      return await body.evaluate((element) => getComputedStyle(element).backgroundColor) === ground;
    });
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    assert.ok(scroll <= client, `${scroll} of ${client} px`);
  }
});
