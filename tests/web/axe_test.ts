import assert from "node:assert/strict";
import { allPages } from "./all_pages.ts";
import { violationsOf } from "./axe.ts";
import { logInOrganiser } from "./console_login.ts";
import { untilQuiet } from "./quiet.ts";
import { webSuite } from "./suite.ts";

const suite = webSuite();

const THEMES = ["light", "dark"] as const;
const WIDTHS = [390, 1280];
const NARROWEST = 320;
const HEIGHT = 900;

suite.test("no page breaks a rule of accessibility, in either theme, on a phone and on a desk", async (t) => {
  const broken: string[] = [];
  for (const { name, path, person, organiser } of await allPages(t)) {
    const page = await t.page();
    t.expectConsole(/status of 40[34]/);
    if (person) await t.logIn(page, person);
    if (organiser) await logInOrganiser(t, page, organiser);
    await untilQuiet(page, async () => {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
    });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: HEIGHT });
        broken.push(
          ...(await violationsOf(page)).map((text) => `${name}, ${theme}, ${width}: ${text}`),
        );
      }
    }
    await page.setViewportSize({ width: NARROWEST, height: HEIGHT });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > NARROWEST) broken.push(`${name}: ${wide} px wide in a window of ${NARROWEST}`);
    await page.context().close();
  }
  assert.deepEqual(broken, []);
});
