import assert from "node:assert/strict";
import { LANGUAGE_NAMES, LANGUAGES } from "@evently/shared/languages";
import { ensureWebBuilt } from "@evently/shared/testing";
import { KB, readManifest, SCRIPT_LIMIT, scriptsOf, transferBytes } from "./sizes.ts";

const ENTRY = "app/client.tsx";
const PAGES = "app/storefront";
const CONSOLE_PAGES = "app/console";
/** The texts of one language, which every page needs. */
const textsOf = (language: string) => `app/messages/${language}/mod.ts`;
/** What every page of the console needs besides. */
const consoleOf = (language: string) => [
  ENTRY,
  textsOf(language),
  "app/console/mod.ts",
  `app/messages/${language}/console/mod.ts`,
];
/** Script that any page of the console may load at once. */
const CONSOLE_LIMIT = 260 * KB;
/** Styles of the console beside those of all pages. */
const CONSOLE_STYLES_LIMIT = 6 * KB;
/** Script of form pages on top of the home page's. */
const FORMS_LIMIT = 35 * KB;
const STYLES_LIMIT = 12 * KB;
/** The face of pages in Hindi, where the device has none of its own. */
const DEVANAGARI_LIMIT = 80 * KB;
/** Faces that an English page loads: text, heads and the two rupee signs. */
const FACES_LIMIT = 75 * KB;
const FORM_PAGES = /\/(login|recovery|account|checkout)\//;

Deno.test("each page's script, the styles and the type faces keep to their budgets", async (t) => {
  await ensureWebBuilt();
  const manifest = await readManifest();
  const pages = Object.keys(manifest).filter((name) =>
    name.startsWith(PAGES) && name.endsWith("_page.tsx")
  );
  assert.ok(pages.length > 1, "the build has pages");
  const home = await transferBytes(
    scriptsOf(manifest, [ENTRY, textsOf("en"), `${PAGES}/home/home_page.tsx`]),
  );
  const needed = LANGUAGES.flatMap((language) => pages.map((page) => ({ language, page })));
  for (const { language, page } of needed) {
    await t.step(`${page} in ${LANGUAGE_NAMES[language]}`, async () => {
      const bytes = await transferBytes(scriptsOf(manifest, [ENTRY, textsOf(language), page]));
      const limit = FORM_PAGES.test(page) ? home + FORMS_LIMIT : SCRIPT_LIMIT;
      assert.ok(bytes <= limit, `${page}: ${bytes} of ${limit} bytes`);
    });
  }
  const consolePages = Object.keys(manifest).filter((name) =>
    name.startsWith(CONSOLE_PAGES) && name.endsWith("_page.tsx")
  );
  assert.ok(consolePages.length > 1, "the build has pages of the console");
  for (const page of consolePages) {
    for (const language of LANGUAGES) {
      await t.step(`${page} in ${LANGUAGE_NAMES[language]}`, async () => {
        const bytes = await transferBytes(scriptsOf(manifest, [...consoleOf(language), page]));
        assert.ok(bytes <= CONSOLE_LIMIT, `${page}: ${bytes} of ${CONSOLE_LIMIT} bytes`);
      });
    }
  }
  await t.step("styles of the console", async () => {
    const bytes = await transferBytes([manifest["styles/console.css"]!.file]);
    assert.ok(bytes <= CONSOLE_STYLES_LIMIT, `${bytes} of ${CONSOLE_STYLES_LIMIT} bytes`);
  });
  const styles = manifest["styles/main.css"]!;
  await t.step("styles", async () => {
    const bytes = await transferBytes([styles.file]);
    assert.ok(bytes <= STYLES_LIMIT, `${bytes} of ${STYLES_LIMIT} bytes`);
  });
  await t.step("type faces", async () => {
    const files = Object.values(manifest).map(({ file }) => file);
    const faces = files.filter((file) => file.endsWith(".woff2") && !/hindi|devanagari/.test(file));
    assert.ok(faces.length >= 4, "the build has the faces");
    const bytes = await transferBytes(faces);
    assert.ok(bytes <= FACES_LIMIT, `${bytes} of ${FACES_LIMIT} bytes`);
    const devanagari = await transferBytes(files.filter((file) => file.includes("devanagari")));
    assert.ok(devanagari > 0 && devanagari <= DEVANAGARI_LIMIT, `${devanagari} bytes`);
  });
});
