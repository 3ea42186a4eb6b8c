import assert from "node:assert/strict";
import jsqr from "jsqr";
import type { Page } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { holdByApi, pageOf, publishEvent } from "./buying.ts";
import type { Person, WebTest } from "./suite.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

/** Buys by the API. @returns the ticket's path, the booking's id and the event's name */
async function buy(t: WebTest, person: Person) {
  const event = await publishEvent(t);
  const bookingId = await holdByApi(t, person, event);
  const { ticket_url } = await dataOf(t.platform.api.POST("/api/booking/bookings/confirm", {
    headers: { Authorization: `Bearer ${person.token}` },
    body: { reservation_id: bookingId, payment_method: "card", payment_token: "tok_paid" },
  })) as { ticket_url: string };
  return { path: ticket_url.replace("/api/booking", ""), bookingId, name: event.name };
}

test("a ticket's QR code holds the address of its page", async (t) => {
  const { path, name } = await buy(t, await t.person());
  const page = await t.page();
  const response = await page.goto(path);
  assert.equal(response!.headers()["referrer-policy"], "no-referrer");
  assert.match(response!.headers()["cache-control"]!, /no-store/);
  await page.getByRole("heading", { level: 1, name }).waitFor();
  assert.equal(await readQr(page), t.origin + path);
});

test("a ticket that was seen once opens without a network and says so", async (t) => {
  t.expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load/);
  const { path, name } = await buy(t, await t.person());
  const page = await t.page();
  await page.goto(path);
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
  // Not by waitForFunction, which takes a promise for true.
  const isKept = () =>
    page.evaluate(async (path) => {
      const kept = await caches.match(`/api/booking${path}`, { ignoreVary: true });
      const shell = await caches.match("/tickets/", { ignoreVary: true });
      return kept !== undefined && shell !== undefined;
    }, path);
  await eventually("the ticket is kept", isKept);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.getByRole("status").getByText(/^Shown from this device, as of/).waitFor();
  assert.equal(await readQr(page), t.origin + path);
  await page.context().setOffline(false);
  await page.reload();
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
  assert.equal(await page.getByText(/^Shown from this device/).count(), 0);
});

test("a printed ticket is black on white, half a page high, with a code of 40 mm", async (t) => {
  const { path, name } = await buy(t, await t.person());
  const page = await t.page({ colorScheme: "dark" });
  await page.goto(path);
  const paper = page.getByRole("article");
  await paper.waitFor();
  await page.emulateMedia({ media: "print" });
  const toMm = 25.4 / 96;
  const height = (await paper.boundingBox())!.height * toMm;
  assert.ok(height <= 148.5 - 12, `${height} mm`);
  const code = (await page.getByRole("img", { name: /^QR code/ }).boundingBox())!;
  assert.ok(Math.abs(code.width * toMm - 40) < 0.5, `${code.width * toMm} mm`);
  const { color, background } = await page.getByRole("heading", { name }).evaluate((head) => ({
    color: getComputedStyle(head).color,
    background: getComputedStyle(head.parentElement!).backgroundColor,
  }));
  assert.deepEqual({ color, background }, {
    color: "rgb(0, 0, 0)",
    background: "rgb(255, 255, 255)",
  });
  assert.ok(await page.getByText(/^(\w+ ){5}\w+$/).isVisible(), "the reference is in words");
  assert.equal(await page.getByRole("button", { name: "Print" }).count(), 0);
});

test("a cancelled ticket says so and has no code", async (t) => {
  const person = await t.person();
  const { path, bookingId } = await buy(t, person);
  await dataOf(t.platform.api.DELETE("/api/booking/bookings/{id}", {
    headers: { Authorization: `Bearer ${person.token}` },
    params: { path: { id: bookingId } },
  }));
  const page = await t.page();
  await page.goto(path);
  await page.getByText("These tickets are cancelled.").waitFor();
  assert.equal(await page.getByRole("img", { name: /^QR code/ }).count(), 0);
  const owner = await pageOf(t, person);
  await owner.goto(`/checkout/${bookingId}`);
  await owner.getByRole("heading", { name: "This booking is cancelled" }).waitFor();
  await owner.getByText("You get back ₹500.").waitFor();
});

/** What the page's QR code says, read from its pixels. */
async function readQr(page: Page): Promise<string | undefined> {
  const { data, size } = await page.getByRole("img", { name: /^QR code/ }).evaluate(
    async (image) => {
      const QUIET = 40, size = 480;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = size;
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#fff";
      context.fillRect(0, 0, size, size);
      await (image as HTMLImageElement).decode();
      context.drawImage(
        image as HTMLImageElement,
        QUIET,
        QUIET,
        size - 2 * QUIET,
        size - 2 * QUIET,
      );
      return { data: [...context.getImageData(0, 0, size, size).data], size };
    },
  );
  return jsqr.default(new Uint8ClampedArray(data), size, size)?.data;
}
