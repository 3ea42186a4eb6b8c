import { openEvent, pageOf, publishEvent } from "./buying.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite({ BOOKING_RATE_LIMIT_PER_MINUTE: "1" });

test("too many tries say when to try again, and the button waits", async (t) => {
  t.expectConsole(/429/);
  const [first, second] = await Promise.all([publishEvent(t), publishEvent(t)]);
  const person = await t.person();
  const page = await pageOf(t, person);
  await openEvent(page, first.eventId, 1);
  await page.getByRole("button", { name: "Hold 1 ticket" }).first().click();
  await page.getByText("1 ticket is held for you").waitFor();
  await openEvent(page, second.eventId, 1);
  const button = page.getByRole("button", { name: "Hold 1 ticket" }).first();
  await button.click();
  await page.getByText(/Too many tries\. Again in \d+ seconds?\./).waitFor();
  await page.locator("button[aria-disabled=true]", { hasText: "Hold 1 ticket" }).first().waitFor();
});
