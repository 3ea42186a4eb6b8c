import assert from "node:assert/strict";
import { allPages } from "./all_pages.ts";
import { webSuite } from "./suite.ts";

const suite = webSuite();

suite.test("every page has the strict policy, no inline script and no style attribute", async (t) => {
  for (const { name, path } of await allPages(t)) {
    const response = await fetch(t.origin + path, { headers: { Accept: "text/html" } });
    const html = await response.text();
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /^default-src 'none'/, name);
    assert.doesNotMatch(policy, /unsafe|nonce/, name);
    assert.match(policy, /script-src 'self';/, name);
    assert.match(policy, /frame-ancestors 'none'/, name);
    assert.doesNotMatch(html, /<[a-z][^>]* style=/i, name);
    for (const [, attributes = "", text] of html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
      const isData = /type="application\/(ld\+)?json"/.test(attributes);
      assert.ok(isData || (text === "" && /src="\//.test(attributes)), `${name}: ${attributes}`);
    }
    assert.equal(response.headers.get("X-Content-Type-Options"), "nosniff", name);
  }
});

suite.test("pages of a person and tickets are kept by no cache and told to nobody", async (t) => {
  for (const { name, path, person } of await allPages(t)) {
    const response = await fetch(t.origin + path, { headers: { Accept: "text/html" } });
    await response.body?.cancel();
    if (!person && !path.startsWith("/tickets/")) continue;
    assert.equal(response.headers.get("Cache-Control"), "private, no-store", name);
    if (!path.startsWith("/tickets/")) continue;
    assert.equal(response.headers.get("X-Robots-Tag"), "noindex", name);
    assert.equal(response.headers.get("Referrer-Policy"), "no-referrer", name);
  }
});
