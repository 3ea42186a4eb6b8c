import assert from "node:assert/strict";
import { renderMail } from "./mod.ts";

const OPTIONS = { language: "en", publicUrl: "https://evently.example" };
const URL = "https://evently.example/reset#token=abc";

Deno.test("renderMail() puts the link into the text and the HTML of one template", async () => {
  const props = { name: "Asha", url: URL, expiresAt: new Date("2027-01-01T10:00:00Z") };
  for (const kind of ["verify_email", "password_reset"] as const) {
    const { text, html } = await renderMail(kind, props, OPTIONS);
    for (const body of [text, html]) {
      assert.ok(body.includes(URL));
      assert.ok(body.includes("Asha"));
      assert.ok(body.includes("Fri 1 Jan, 10:00 UTC"), "says when the link ends");
    }
  }
});

Deno.test("renderMail() falls back to English", async () => {
  const props = { name: "Asha", url: URL };
  const english = await renderMail("welcome", props, OPTIONS);
  for (const language of [undefined, "hi", "xx-YY"]) {
    assert.deepEqual(await renderMail("welcome", props, { ...OPTIONS, language }), english);
  }
});
