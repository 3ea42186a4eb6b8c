/**
 * `deno task web:screens`: takes pictures of every page and state, in both themes and widths, into `.evently/screens`, to
 * be looked at; those that the documentation shows go into `docs/screens`.
 */
import { ensureWebBuilt } from "@evently/shared/testing";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { allPages } from "./all_pages.ts";
import { startChromium } from "./chromium.ts";
import { logInOrganiser } from "./console_login.ts";
import { untilQuiet } from "./quiet.ts";
import { runWebTest, startWebPlatform, type WebTest } from "./suite.ts";

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));
const ALL = join(CHECKOUT, ".evently/screens");
const SHOWN = join(CHECKOUT, "docs/screens");
const THEMES = ["light", "dark"] as const;
const WINDOWS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
/** Pictures of the documentation, by page, window and theme. */
const IN_DOCS = new Set([
  "home-desk-light",
  "home-phone-dark",
  "list-desk-light",
  "event-desk-light",
  "event-several-types-phone-light",
  "checkout-desk-light",
  "ticket-phone-light",
  "waitlist-waiting-phone-dark",
  "console-overview-desk-light",
  "console-event-desk-light",
  "console-wall-desk-dark",
]);

await ensureWebBuilt();
await Deno.mkdir(ALL, { recursive: true });
await Deno.mkdir(SHOWN, { recursive: true });
await using platform = await startWebPlatform();
const browser = await startChromium();
try {
  await runWebTest(takePictures, platform, browser);
} finally {
  await browser.close();
}

async function takePictures(t: WebTest): Promise<void> {
  // Some states are answers that a browser notes.
  t.expectConsole(/status of 40[34]/);
  for (const state of await allPages(t)) {
    const page = await t.page({ reducedMotion: "reduce" });
    if (state.person) await t.logIn(page, state.person);
    if (state.organiser) await logInOrganiser(t, page, state.organiser);
    await untilQuiet(page, () => page.goto(state.path));
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const [name, size] of Object.entries(WINDOWS)) {
        await page.setViewportSize(size);
        await takePicture(page, `${state.name.replaceAll(/[^a-z]+/g, "-")}-${name}-${theme}`);
      }
    }
    await page.context().close();
  }
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(ALL, `${name}.png`), fullPage: true });
  if (IN_DOCS.has(name)) await page.screenshot({ path: join(SHOWN, `${name}.png`) });
}
