import assert from "node:assert/strict";
import { listEvents, rowOf } from "./listed.ts";
import { webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();

const UNREACHABLE = "We cannot reach the events just now. We keep trying.";

for (const how of ["hangs", "refuses"] as const) {
  suite.test(`search ${how}: a page with a note at once, and its content by itself later`, async (t) => {
    t.expectConsole(/503/);
    const { city, names } = await listEvents(t, [{}]);
    const page = await t.page();
    const mend = breakSearch(t, how);
    const answer = await page.goto(`/events?city=${city}`);
    assert.equal(answer?.status(), 503);
    await page.getByRole("heading", { name: `Events in ${city}`, level: 1 }).waitFor();
    await page.getByText(UNREACHABLE).waitFor();
    await page.getByRole("searchbox").waitFor();

    mend();

    await rowOf(page, names[0]!).waitFor();
    await page.getByText(UNREACHABLE).waitFor({ state: "detached" });
  });
}

suite.test("without script a page whose service hangs is a page too, with the way to try again", async (t) => {
  t.expectConsole(/503/);
  const { city, names } = await listEvents(t, [{}]);
  const page = await t.page({ javaScriptEnabled: false });
  const mend = breakSearch(t, "hangs");
  await page.goto(`/events?city=${city}`);
  await page.getByText(UNREACHABLE).waitFor();
  mend();
  // The page is kept for a moment for all who ask for it.
  const again = page.getByRole("link", { name: "Try again" });
  const found = rowOf(page, names[0]!);
  while (await found.count() === 0) await again.click();
});

suite.test("offline: what is shown stays, a note says so, and it goes with the network back", async (t) => {
  // Browsers ask for the icon whenever they like.
  t.expectConsole(/ERR_INTERNET_DISCONNECTED .*favicon\.svg/);
  const { city, names } = await listEvents(t, [{}]);
  const page = await t.page();
  await page.goto(`/events?city=${city}`);
  await page.context().setOffline(true);
  await page.getByText("You are offline. We try again by ourselves as soon as you are back.")
    .waitFor();
  await rowOf(page, names[0]!).waitFor();
  await page.context().setOffline(false);
  await page.getByText("You are offline.").waitFor({ state: "detached" });
});

suite.test("an unknown page is 404, with a search", async (t) => {
  t.expectConsole(/404/);
  const { names } = await listEvents(t, [{}]);
  const page = await t.page();
  const answer = await page.goto("/nothing-here");
  assert.equal(answer?.status(), 404);
  await page.getByRole("searchbox").fill(names[0]!);
  await page.keyboard.press("Enter");
  await rowOf(page, names[0]!).waitFor();
});

suite.test("a short page fills the window, and begins where all begin", async (t) => {
  t.expectConsole(/404/);
  const page = await t.page();
  const beginOf = async (path: string) => {
    await page.goto(path);
    const head = await page.getByRole("heading", { level: 1 }).boundingBox();
    return Math.round(head!.y);
  };
  for (const size of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    const begin = await beginOf("/nothing-here");
    const { y, height } = (await page.getByRole("contentinfo").boundingBox())!;
    assert.equal(Math.round(y + height), size.height);
    for (const path of ["/events", "/help/refunds", "/login"]) {
      assert.equal(await beginOf(path), begin, `${path} in ${size.width}`);
    }
  }
});

suite.test("the menu of a phone opens without script, and tells which section one is in", async (t) => {
  const page = await t.page({ viewport: { width: 320, height: 700 }, javaScriptEnabled: false });
  await page.goto("/events");
  await page.getByRole("button", { name: "Menu" }).click();
  const menu = page.getByRole("navigation", { name: "Main" });
  const events = menu.getByRole("link", { name: "Events" });
  assert.equal(await events.getAttribute("aria-current"), "page");
  await menu.getByRole("link", { name: "Refunds" }).click();
  await page.getByRole("heading", { name: "Refunds", level: 1 }).waitFor();
});

/** Breaks the search service for everybody. @returns what mends it */
function breakSearch(t: WebTest, how: "hangs" | "refuses"): () => void {
  const { search } = t.platform.bindings;
  const real = search.fetch;
  const mended = Promise.withResolvers<void>();
  search.fetch = async (...args) => {
    if (how === "hangs") {
      await mended.promise;
      return await real.apply(search, args);
    }
    return Response.json({ error: "Search does not answer", code: "UNAVAILABLE" }, { status: 503 });
  };
  return () => {
    search.fetch = real;
    mended.resolve();
  };
}
