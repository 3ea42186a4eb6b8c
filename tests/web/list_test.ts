import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { listEvents, rowOf } from "./listed.ts";
import { webSuite } from "./suite.ts";

const suite = webSuite();

const PHONE = { viewport: { width: 390, height: 844 } };
const PAGE_SIZE = 20;

suite.test("a filter is an address: set by a link, told by a chip, taken away by its cross", async (t) => {
  const { city, names } = await listEvents(t, [
    { type: "comedy", price: 100 },
    { type: "concert", price: 600 },
    { type: "concert", price: 700 },
  ]);
  const page = await t.page();
  await page.goto(`/events?city=${city}`);
  await sees(page, "3 events");

  await filtersOf(page).getByRole("link", { name: "Comedy" }).click();

  await sees(page, "1 event");
  await page.getByRole("heading", { name: `Comedy in ${city}`, level: 1 }).waitFor();
  await rowOf(page, names[0]!).waitFor();
  assert.equal(search(page), `?city=${city}&type=comedy`);
  await chipsOf(page).getByRole("link", { name: "Remove: Comedy" }).click();
  await sees(page, "3 events");
  assert.equal(search(page), `?city=${city}`);
});

suite.test("prices are filtered by what is typed, and sorted by a link", async (t) => {
  const { city, names } = await listEvents(t, [{ price: 300 }, { price: 100 }, { price: 900 }]);
  const page = await t.page();
  await page.goto(`/events?city=${city}`);
  await filtersOf(page).getByRole("spinbutton", { name: "To" }).fill("500");
  await page.keyboard.press("Enter");
  await sees(page, "2 events");
  await chipsOf(page).getByRole("link", { name: "Remove: Up to ₹500" }).waitFor();

  await page.getByRole("navigation", { name: "Sort" }).getByRole("link", { name: "Cheapest" })
    .click();

  await page.waitForURL(/sort=price/);
  await page.locator("[aria-busy=false]").first().waitFor();
  const found = await page.getByRole("link", { name: /^Evening|Evening/ }).allTextContents();
  assert.ok(found[0]?.includes(names[1]!) && found[1]?.includes(names[0]!), found.join("\n"));
});

suite.test("back from an event: the same filters, at the same place", async (t) => {
  const { city, names } = await listEvents(t, Array.from({ length: 12 }, () => ({})));
  const page = await t.page(PHONE);
  await page.goto(`/events?city=${city}&type=concert`);
  await sees(page, "12 events");
  const link = rowOf(page, names[9]!);
  await link.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  assert.ok(place > 0);
  await link.click();
  await page.getByRole("heading", { name: names[9]!, level: 1 }).waitFor();

  await page.goBack();

  await sees(page, "12 events");
  assert.equal(search(page), `?city=${city}&type=concert`);
  await page.waitForFunction((y) => scrollY === y, place);
});

suite.test("more is shown below what was there, with script and without", async (t) => {
  const count = PAGE_SIZE + 1;
  const { city, names } = await listEvents(
    t,
    Array.from({ length: count }, (_, index) => ({ inDays: 30 + index })),
  );
  for (const javaScriptEnabled of [true, false]) {
    const page = await t.page({ javaScriptEnabled });
    await page.goto(`/events?city=${city}`);
    await page.getByText(`${PAGE_SIZE} of ${count} shown`).waitFor();
    await page.getByRole("link", { name: "Show more" }).click();
    await page.getByText(`${count} of ${count} shown`).waitFor();
    await rowOf(page, names[0]!).waitFor();
    const last = rowOf(page, names[PAGE_SIZE]!);
    await last.waitFor();
    if (javaScriptEnabled) {
      assert.ok(await last.evaluate((link) => link === document.activeElement));
    }
    assert.equal(search(page), `?city=${city}&page=2`);
    assert.equal(await page.getByRole("link", { name: "Show more" }).count(), 0);
  }
});

suite.test("a page beyond the end says how many there are, and leads back", async (t) => {
  const { city, names } = await listEvents(t, [{}]);
  const page = await t.page();
  await page.goto(`/events?city=${city}&page=400`);
  await page.getByText("There are no more: 1 in all.").waitFor();
  await page.getByRole("link", { name: "Show from the beginning" }).click();
  await rowOf(page, names[0]!).waitFor();
});

suite.test("rubbish in the address is left away, and the rest counts", async (t) => {
  const { city } = await listEvents(t, [{}, {}]);
  const page = await t.page();
  const rubbish =
    "min=abc&max=-5&from=2026-13-45&page=-3&sort=worst&near=here&view=map&free_only=no";
  await page.goto(`/events?city=${city}&${rubbish}&type=`);
  await sees(page, "2 events");
  assert.equal(search(page), `?city=${city}`);
  const answer = await fetch(`${t.origin}/events?city=${"x".repeat(900)}&q=%3Cimg%20src%3Dx%3E`, {
    headers: { Accept: "text/html" },
  });
  assert.equal(answer.status, 200);
  assert.equal((await answer.text()).includes("<img src=x"), false);
});

suite.test("nothing found: what to leave away, each with what it would give", async (t) => {
  const { city } = await listEvents(t, [{ price: 400 }, { price: 500, type: "comedy" }]);
  const page = await t.page();
  await page.goto(`/events?city=${city}&type=comedy&max=450`);
  await page.getByRole("heading", { name: "No events fit all of this." }).waitFor();
  await page.getByRole("link", { name: /Not only comedy.*1 event$/ }).waitFor();
  // No price is left to choose, and the fields still say what they are.
  await page.getByRole("complementary").getByRole("heading", { name: "Price" }).waitFor();
  await page.getByRole("link", { name: /At any price.*1 event$/ }).click();
  await sees(page, "1 event");
  assert.equal(search(page), `?city=${city}&type=comedy`);
});

suite.test("the calendar: from day to day by arrow keys, and a day's events as a list", async (t) => {
  const days = ["2031-03-04", "2031-03-06", "2031-03-13"];
  const { city, names } = await listEvents(
    t,
    days.map((day) => ({ inDays: (Date.parse(`${day}T12:00:00Z`) - Date.now()) / 86_400_000 })),
  );
  const page = await t.page();
  await page.goto(`/events?city=${city}&view=calendar`);
  const grid = page.getByRole("table", { name: "Events in March 2031" });
  await grid.getByRole("link", { name: names[0]! }).waitFor();
  await grid.getByRole("link", { name: "Tue 4 Mar: 1 event" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await focused(page, "Thu 13 Mar: 1 event");
  await page.keyboard.press("ArrowUp");
  await focused(page, "Thu 6 Mar: 1 event");
  await page.keyboard.press("Enter");
  await sees(page, "1 event");
  await rowOf(page, names[1]!).waitFor();

  const phone = await t.page(PHONE);
  await phone.goto(`/events?city=${city}&view=calendar`);
  await phone.getByRole("heading", { name: "Thu 13 Mar" }).waitFor();
  assert.equal(await phone.getByRole("table").count(), 0);
});

suite.test("on a phone filters open over the list, and stay open while one chooses", async (t) => {
  const { city } = await listEvents(t, [{ type: "comedy" }, {}]);
  const page = await t.page(PHONE);
  await page.goto(`/events?city=${city}`);
  await page.getByRole("button", { name: "Filters · 1" }).click();
  await filtersOf(page).getByRole("link", { name: "Comedy" }).click();
  await page.getByRole("button", { name: "Show 1 event" }).click();
  await filtersOf(page).waitFor({ state: "hidden" });
  await sees(page, "1 event");
});

suite.test("words: names are suggested, and one is chosen by keyboard", async (t) => {
  const { names } = await listEvents(t, [{}]);
  const page = await t.page();
  await page.goto("/");
  await page.getByLabel("What").focus();
  const field = page.getByRole("combobox", { name: "What" });
  await field.waitFor();
  await page.keyboard.type(names[0]!.split(" ")[1]!.slice(0, -2));
  await page.getByRole("option", { name: names[0]! }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Events for “${names[0]}”`, level: 1 }).waitFor();
  await rowOf(page, names[0]!).waitFor();
});

suite.test("without script: from the form on the first page to the list to the event", async (t) => {
  const { city, names } = await listEvents(t, [{}, { type: "comedy" }]);
  const page = await t.page({ javaScriptEnabled: false });
  await page.goto("/");
  await page.getByLabel("What").fill(names[0]!);
  await page.getByRole("button", { name: "Search" }).click();
  await rowOf(page, names[0]!).click();
  await page.getByRole("heading", { name: names[0]!, level: 1 }).waitFor();

  await page.goto(`/events?city=${city}`);
  await filtersOf(page).getByRole("link", { name: "Comedy" }).click();
  await sees(page, "1 event");
});

suite.test("days told by their distance become days: this weekend is Saturday and Sunday", async (t) => {
  const answer = await fetch(`${t.origin}/events?q=&when=weekend`, {
    headers: { Accept: "text/html" },
  });
  const { searchParams } = new URL(answer.url);
  const [from, to] = [searchParams.get("from")!, searchParams.get("to")!];
  assert.equal(new Date(`${to}T00:00:00Z`).getUTCDay(), 0);
  assert.ok([0, 1].includes((Date.parse(to) - Date.parse(from)) / 86_400_000));
  assert.equal(searchParams.has("when"), false);
});

suite.test("near me: the position is asked for when it is pressed, and a refusal says what to do", async (t) => {
  const page = await t.page();
  await page.goto("/");
  await page.getByRole("button", { name: "Near me" }).click();
  await page.getByText(/Your browser did not tell where you are/).waitFor();

  const willing = await t.page({
    permissions: ["geolocation"],
    geolocation: { latitude: 19.0761, longitude: 72.8775 },
  });
  await willing.goto("/");
  await willing.getByRole("button", { name: "Near me" }).click();
  await chipsOf(willing).getByRole("link", { name: "Remove: Within 25 km of you" }).waitFor();
  assert.equal(search(willing), "?near=19.08%2C72.88%2C25");
});

/** Waits for the count above the list. */
async function sees(page: Page, count: string): Promise<void> {
  await page.getByRole("status").getByText(count, { exact: true }).waitFor();
}

function filtersOf(page: Page) {
  return page.getByRole("complementary", { name: "Filters" });
}

function chipsOf(page: Page) {
  return page.getByRole("list", { name: "Filters in force" });
}

function search(page: Page): string {
  return new URL(page.url()).search;
}

async function focused(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (label) => document.activeElement?.getAttribute("aria-label") === label,
    name,
  );
}
