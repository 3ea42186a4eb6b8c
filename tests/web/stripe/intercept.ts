import type { Page } from "playwright-core";
import type { FakeStripe } from "../../stripe/fake_stripe.ts";
import { STAND_IN_FRAME, standIn } from "./stand_in.ts";

/** Answers Stripe's origins for a page: its script and frames by our stand-in, its API by the fake. */
export async function interceptStripe(page: Page, fake: FakeStripe): Promise<void> {
  await page.route("https://js.stripe.com/**", async (route) => {
    const isFrame = route.request().url().endsWith(".html");
    await route.fulfill(
      isFrame
        ? { contentType: "text/html", body: STAND_IN_FRAME }
        : { contentType: "text/javascript", body: `(${standIn})()` },
    );
  });
  await page.route("https://api.stripe.com/**", async (route) => {
    const request = route.request();
    const response = await fetch(fake.url + new URL(request.url()).pathname, {
      method: request.method(),
      headers: { Authorization: request.headers().authorization ?? "" },
      body: request.postData(),
    });
    await route.fulfill({
      status: response.status,
      headers: { "Access-Control-Allow-Origin": "*" },
      contentType: "application/json",
      body: await response.text(),
    });
  });
}
