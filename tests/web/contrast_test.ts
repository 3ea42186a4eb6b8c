import assert from "node:assert/strict";

/** Least contrast by WCAG 2.2: AAA and AA of text, and of what is no text (1.4.6, 1.4.3, 1.4.11). */
const READING = 7;
const TEXT = 4.5;
const SHAPE = 3;

const THEMES = ["light", "dark"] as const;
const STOCKS = [
  "marigold",
  "tangerine",
  "rose",
  "lilac",
  "sky",
  "aqua",
  "mint",
  "lime",
  "lemon",
  "stone",
];
const GROUNDS = ["ground", "well", "raised"];

type Pair = readonly [above: string, below: string, least: number];

/** Every pair of colours that pages put on one another. */
const PAIRS: readonly Pair[] = [
  ...GROUNDS.flatMap((ground): Pair[] => [
    ["text", ground, READING],
    ["text-soft", ground, TEXT],
    ["line-field", ground, SHAPE],
    ["focus", ground, SHAPE],
  ]),
  ["on-press", "press", READING],
  ["on-press", "press-hover", TEXT],
  ["press", "ground", SHAPE],
  ["focus", "focus-gap", SHAPE],
  ["white", "ink", READING],
  ...["ok", "warn", "bad", "info"].flatMap((kind): Pair[] => [
    [kind, "ground", TEXT],
    [kind, "well", TEXT],
    [kind, `${kind}-well`, TEXT],
    ["text", `${kind}-well`, READING],
  ]),
  ...STOCKS.map((stock): Pair => ["ink", stock, READING]),
  ...[1, 2, 3, 4, 5].map((series): Pair => [`chart-${series}`, "ground", SHAPE]),
];

for (const theme of THEMES) {
  Deno.test(`every pair of colours has its contrast in the ${theme} theme`, async () => {
    const colours = await readColours(theme);
    const tooLow = PAIRS.flatMap(([above, below, least]) => {
      const ratio = contrast(colourOf(colours, above), colourOf(colours, below));
      return ratio < least ? [`--${above} on --${below}: ${ratio.toFixed(2)} of ${least}`] : [];
    });
    assert.deepEqual(tooLow, []);
  });
}

Deno.test("every colour of the tokens is in a pair, but for lines that only decorate", async () => {
  const paired = new Set(PAIRS.flatMap(([above, below]) => [above, below]));
  const names = [...(await readColours("light")).keys()];
  assert.deepEqual(names.filter((name) => !paired.has(name)), ["line"]);
});

Deno.test("contrast() is WCAG's: 21 for black on white, 1 for one colour", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#b3261e", "#b3261e"), 1);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
});

/** Colours of `tokens.css` in a theme, by name without the dashes. */
async function readColours(theme: (typeof THEMES)[number]): Promise<Map<string, string>> {
  const css = await Deno.readTextFile(
    new URL("../../services/web/styles/tokens.css", import.meta.url),
  );
  const colours = new Map<string, string>();
  for (const [, name, value] of css.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
    const [, light, dark] = /^light-dark\((#[\da-f]{6}),\s*(#[\da-f]{6})\)$/i.exec(value!) ?? [];
    const one = /^#[\da-f]{6}$/i.test(value!) ? value : theme === "light" ? light : dark;
    // The first is the theme's own; those of readers who want more contrast follow it.
    if (one && !colours.has(name!)) colours.set(name!, one);
  }
  return colours;
}

function colourOf(colours: ReadonlyMap<string, string>, name: string): string {
  const colour = colours.get(name);
  assert(colour, `tokens.css has no colour --${name}`);
  return colour;
}

/** Contrast ratio of two colours (WCAG 2.2, relative luminance of sRGB). */
function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
