import {
  assertBoughtOnce,
  holdByApi,
  pageOf,
  payButton,
  publishEvent,
  seesTicket,
} from "./buying.ts";
import { webSuite } from "./suite.ts";

/** The server takes a payment without an answer up again after this time. */
const { test } = webSuite({ BOOKING_TAKEOVER_AFTER: "3s" });

/** Longest wait for an answer that is late. */
const PATIENCE_MS = 40_000;

test("a bank that answers late: the page says that nobody knows yet, asks on, and shows the ticket", async (t) => {
  t.expectConsole(/503/);
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`/checkout/${bookingId}`);
  await page.getByRole("radio", { name: /^It answers late/ }).check();
  await payButton(page, "₹500").click();
  await page.getByText("We do not know yet whether the payment went through.").waitFor();
  await page.getByText("Do not pay twice: we keep asking, and say so here.").waitFor();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});
