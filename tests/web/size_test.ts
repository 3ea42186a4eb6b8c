import assert from "node:assert/strict";
import { ensureWebBuilt } from "@evently/shared/testing";
import { KB, readManifest, SCRIPT_LIMIT, scriptsOf, transferBytes } from "./sizes.ts";

const ENTRY = "app/client.tsx";
const PAGES = "app/storefront";
/** Script of form pages on top of the home page's. */
const FORMS_LIMIT = 35 * KB;
const STYLES_LIMIT = 12 * KB;
/** Faces that an English page loads: text, heads and the two rupee signs; that of the Hindi word on demand. */
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
    scriptsOf(manifest, [ENTRY, `${PAGES}/home/home_page.tsx`]),
  );
  for (const page of pages) {
    await t.step(page, async () => {
      const bytes = await transferBytes(scriptsOf(manifest, [ENTRY, page]));
      const limit = FORM_PAGES.test(page) ? home + FORMS_LIMIT : SCRIPT_LIMIT;
      assert.ok(bytes <= limit, `${page}: ${bytes} of ${limit} bytes`);
    });
  }
  const styles = manifest["styles/main.css"]!;
  await t.step("styles", async () => {
    const bytes = await transferBytes([styles.file]);
    assert.ok(bytes <= STYLES_LIMIT, `${bytes} of ${STYLES_LIMIT} bytes`);
  });
  await t.step("type faces", async () => {
    const files = Object.values(manifest).map(({ file }) => file);
    const faces = files.filter((file) => file.endsWith(".woff2") && !file.includes("hindi"));
    assert.ok(faces.length >= 4, "the build has the faces");
    const bytes = await transferBytes(faces);
    assert.ok(bytes <= FACES_LIMIT, `${bytes} of ${FACES_LIMIT} bytes`);
  });
});
