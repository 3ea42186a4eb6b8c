import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../journeys/platform.ts";
import {
  assertBoughtOnce,
  bookedOf,
  holdByApi,
  pageOf,
  payButton,
  publishEvent,
} from "./buying.ts";
import { webSuite } from "./suite.ts";

/** Long enough to open a page, short enough to wait for its end. */
const { test } = webSuite({ BOOKING_RESERVATION_EXPIRY: "15s" });

/** Longest wait for the end of a hold. */
const PATIENCE_MS = 40_000;
const PATIENCE = { timeout: PATIENCE_MS };

const TEN_MINUTES_MS = 600_000;

test("time that is up while the page is open offers to hold again", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  const bookingId = await holdByApi(t, person, { eventId });
  await page.goto(`/checkout/${bookingId}`);
  await payButton(page, "₹500").waitFor();
  await page.getByRole("radio", { name: "UPI" }).check();
  await seesOver(page);
  await page.getByRole("button", { name: "Hold 2 again" }).click();
  await payButton(page, "₹500").click();
  await page.getByText("Paid. You are going.").waitFor();
});

test("on another page a note says that time is up, and nobody is moved", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await holdByApi(t, person, { eventId });
  await page.goto("/");
  await page.getByRole("complementary", { name: "Held tickets" }).waitFor();
  await page.getByText("Time is up, and the tickets went back. Nothing was paid.")
    .waitFor(PATIENCE);
  assert.equal(new URL(page.url()).pathname, "/");
});

test("a hold is kept longer once", async (t) => {
  t.expectConsole(/409/);
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  const bookingId = await holdByApi(t, person, { eventId });
  await page.goto(`/checkout/${bookingId}`);
  await page.getByRole("button", { name: /^Keep them/ }).click();
  await page.getByRole("timer").getByText(/^0:(1[6-9]|2\d|30)$/).waitFor();
  await page.getByRole("button", { name: /^Keep them/ }).click();
  await page.getByText("They were kept longer once, and cannot be again.").waitFor();
});

test("a page that was hidden at the end asks when it is seen again", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  const bookingId = await holdByApi(t, person, { eventId });
  await page.goto(`/checkout/${bookingId}`);
  await payButton(page, "₹500").waitFor();
  // What a sleeping tab does not get: timers.
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await eventually(
    "the hold has ended",
    async () => (await bookedOf(t, { person, eventId }))[0]?.status === "expired",
    PATIENCE_MS,
  );
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await seesOver(page);
});

for (const [name, offsetMs] of [["slow", -TEN_MINUTES_MS], ["fast", TEN_MINUTES_MS]] as const) {
  test(`a clock that is ten minutes ${name} changes neither countdown nor payment`, async (t) => {
    const { eventId } = await publishEvent(t);
    const person = await t.person();
    const page = await pageOf(t, person);
    await page.addInitScript((offset) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + offset;
    }, offsetMs);
    const bookingId = await holdByApi(t, person, { eventId });
    await page.goto(`/checkout/${bookingId}`);
    await page.getByRole("timer").getByText(/^0:(0[1-9]|1[0-5])$/).waitFor();
    await payButton(page, "₹500").click();
    await page.getByText("Paid. You are going.").waitFor();
    await assertBoughtOnce(t, { person, eventId });
  });
}

async function seesOver(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Time is up" }).waitFor(PATIENCE);
  await page.getByText("The tickets went back. Nothing was paid.").waitFor();
}
