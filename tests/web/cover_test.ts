import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { Resvg } from "@resvg/resvg-js";
import { coverSvg } from "../../services/web/cover/cover.ts";
import { KINDS } from "../../services/web/cover/kinds.ts";
import { PALETTES } from "../../services/web/cover/palette.ts";

const KINDS_AND_NONE = [...KINDS.keys(), "no such kind"];
const MAX_BYTES = 10_000;
const PREVIEW_SIZE = { width: 1200, height: 630 };
/** Everything that a cover is made of: shapes, and how they are placed and coloured. */
const ELEMENTS = new Set(["svg", "g", "path", "circle", "ellipse", "rect", "pattern"]);
const ATTRIBUTES = new Set(
  ("xmlns viewBox width height x y cx cy r rx ry d fill fill-rule transform stroke stroke-width " +
    "stroke-linecap stroke-linejoin stroke-dasharray id patternUnits").split(" "),
);
/** Ids of events whose covers have every field, border and inversion. */
const IDS = Array.from({ length: 40 }, (_, i) => `00000000-0000-4000-8000-${hex(i)}`);

Deno.test("coverSvg() returns the same bytes for the same kind and id, and others for another id", () => {
  for (const kind of KINDS_AND_NONE) {
    const [id, other] = [newId(), newId()];
    assert.equal(coverSvg(kind, id), coverSvg(kind, id));
    assert.notEqual(coverSvg(kind, id), coverSvg(kind, other));
  }
});

Deno.test("coverSvg() is well-formed XML of shapes alone: no style, script, text or reference", () => {
  for (const kind of KINDS_AND_NONE) {
    for (const id of IDS) {
      const svg = coverSvg(kind, id);
      // It parses strictly, and throws for what is no XML.
      const { width, height } = new Resvg(svg);
      assert.deepEqual([width, height], [800, 600]);
      for (const [, name, attributes = ""] of svg.matchAll(/<([^\s/>]+)([^>]*)>/g)) {
        assert(ELEMENTS.has(name!), name);
        for (const [, attribute, value] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
          assert(ATTRIBUTES.has(attribute!), attribute);
          assert.doesNotMatch(value!, /undefined|NaN|Infinity|script|data:/);
        }
      }
      // The one address in it is that of its own pattern.
      assert.doesNotMatch(svg.replaceAll('fill="url(#f)"', ""), /url\(|href/);
      assert((svg.match(/ id="/g) ?? []).length <= 1);
    }
  }
});

Deno.test("coverSvg() of 1,000 ids has less than 10 kB each, also in the size of previews", () => {
  for (let i = 0; i < 1_000; i++) {
    const kind = KINDS_AND_NONE[i % KINDS_AND_NONE.length]!, id = newId();
    assert(coverSvg(kind, id).length < MAX_BYTES, `${kind} ${id}`);
    assert(coverSvg(kind, id, PREVIEW_SIZE).length < MAX_BYTES, `${kind} ${id} as a preview`);
  }
});

Deno.test("coverSvg() has nothing of a kind or an id in its markup", () => {
  const markup = `"><script>alert(1)</script>`;
  for (const svg of [coverSvg(markup, newId()), coverSvg("concert", markup)]) {
    assert.doesNotMatch(svg, /script|alert/);
  }
  for (const name of ["constructor", "__proto__", "toString"]) {
    assert.equal(coverSvg(name, IDS[0]!), coverSvg("no such kind", IDS[0]!));
  }
});

Deno.test("coverSvg() takes kinds in any case, and both spellings of theatre", () => {
  const id = newId();
  assert.equal(coverSvg("Concert", id), coverSvg("concert", id));
  assert.equal(coverSvg("theater", id), coverSvg("theatre", id));
});

Deno.test("papers of covers are those of the tickets", async () => {
  const tokens = await Deno.readTextFile(
    new URL("../../services/web/styles/tokens.css", import.meta.url),
  );
  for (const [stock, { paper }] of Object.entries(PALETTES)) {
    assert.match(tokens.toUpperCase(), new RegExp(`--${stock}: ${paper};`, "i"));
  }
});

function hex(i: number): string {
  return i.toString(16).padStart(12, "0");
}
