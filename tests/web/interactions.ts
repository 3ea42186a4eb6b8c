/**
 * `deno task web:interactions`: the time from a press to the next paint, in a Chromium that is slowed down four times as
 * a cheap phone is. Prints the median and the longest of each kind of press, as the browser itself measures them (to
 * 8 ms; what takes less than 16 ms is taken for 16).
 */
import { say } from "@evently/shared/output";
import { ensureWebBuilt } from "@evently/shared/testing";
import type { Locator, Page } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { untilQuiet } from "./quiet.ts";
import { runWebTest, startWebPlatform, type WebTest } from "./suite.ts";

const SLOW_DOWN = 4;
const LEAST_MS = 16;
const PHONE = { viewport: { width: 390, height: 844 } };
const DESK = { viewport: { width: 1280, height: 900 } };

await ensureWebBuilt();
await using platform = await startWebPlatform();
const browser = await startChromium();
try {
  await runWebTest(measureAll, platform, browser);
} finally {
  await browser.close();
}
Deno.exit(0);

async function measureAll(t: WebTest): Promise<void> {
  const phone = await slowPage(t, PHONE);
  await phone.goto("/events");
  await phone.locator("main a[href^='/events/']").first().click();
  const more = phone.getByRole("button", { name: /^One more/ }).first();
  const fewer = phone.getByRole("button", { name: /^One fewer/ }).first();
  await report("stepper, phone", phone, [more, fewer, more, fewer, more, fewer, more, fewer]);

  const desk = await slowPage(t, DESK);
  await desk.goto("/events");
  const filter = desk.locator(".facet-option");
  const onAndOff = [filter.nth(0), filter.nth(0)];
  await report("filter, desk", desk, [...onAndOff, ...onAndOff, ...onAndOff, ...onAndOff]);
  const order = (name: string) => desk.getByRole("link", { name, exact: true });
  await report("order, desk", desk, [order("Cheapest"), order("Most wanted"), order("Soonest")]);
}

async function slowPage(t: WebTest, options: typeof PHONE): Promise<Page> {
  const page = await t.page(options);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  return page;
}

/** Presses one after the other, each once the page is still again. */
async function report(kind: string, page: Page, presses: Locator[]): Promise<void> {
  const times: number[] = [];
  for (const press of presses) {
    await page.evaluate(observeEvents, LEAST_MS);
    await untilQuiet(page, () => press.click());
    times.push(await page.evaluate(longestEvent));
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  say(`${kind}: median ${median} ms, longest ${times.at(-1)} ms of ${times.length}`);
}

/** Runs in the page: listens to what the browser measures. */
function observeEvents(leastMs: number): void {
  const own = globalThis as unknown as { durations: number[]; observer?: PerformanceObserver };
  own.observer?.disconnect();
  own.durations = [leastMs];
  const note = (list: PerformanceObserverEntryList) =>
    own.durations.push(...list.getEntries().map(({ duration }) => duration));
  own.observer = new PerformanceObserver(note);
  // Types of the standard library do not know the threshold.
  own.observer.observe({ type: "event", durationThreshold: leastMs } as PerformanceObserverInit);
}

/** Runs in the page: the longest event of the last press, once it is painted. */
async function longestEvent(): Promise<number> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return Math.max(...(globalThis as unknown as { durations: number[] }).durations);
}
