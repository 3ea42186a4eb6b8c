import subsetFont from "subset-font";
import { Buffer } from "node:buffer";

/** Axes of a variable font: pinned to a value, or limited to a range. */
type Axes = Record<string, number | { min: number; max: number }>;

/** One subset: which font it is cut from, and what of it remains. */
export interface Face {
  /** Name of the file beside this one. */
  file: string;
  /** Package and file of the font. */
  source: readonly [packageName: "anek-latin" | "anek-devanagari", name: string];
  text: string;
  axes: Axes;
}

/** Basic Latin, Latin-1, and the signs in use that the fonts have. */
const LATIN = range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœ–—‘’“”„•…′″‹›€™−";
/** The fonts keep it with letters that English does not need. */
const RUPEE = "₹";
/** The name of the other language, on English pages. */
const HINDI = "हिन्दी";
/** The letters and signs of Hindi, with the joiners. */
const DEVANAGARI = "ँंःअआइईउऊऋएऐऑओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह़ािीुूृॅेैॉोौ्।॥॰\u200c\u200d";

const READ: Axes = { wght: { min: 400, max: 700 } };
/** The condensed width is one; it is printed heavy. */
const PRINTED: Axes = { wdth: 78, wght: { min: 600, max: 800 } };

/** Every subset, as `styles/fonts.css` declares them. */
export const FACES: readonly Face[] = [
  {
    file: "anek-text.woff2",
    source: ["anek-latin", "anek-latin-latin-wght-normal"],
    text: LATIN,
    axes: READ,
  },
  {
    file: "anek-condensed.woff2",
    source: ["anek-latin", "anek-latin-latin-wdth-normal"],
    text: LATIN,
    axes: PRINTED,
  },
  {
    file: "anek-text-rupee.woff2",
    source: ["anek-latin", "anek-latin-latin-ext-wght-normal"],
    text: RUPEE,
    axes: READ,
  },
  {
    file: "anek-condensed-rupee.woff2",
    source: ["anek-latin", "anek-latin-latin-ext-wdth-normal"],
    text: RUPEE,
    axes: PRINTED,
  },
  {
    file: "anek-hindi-word.woff2",
    source: ["anek-devanagari", "anek-devanagari-devanagari-wght-normal"],
    text: HINDI,
    axes: { wght: 500 },
  },
  {
    file: "anek-devanagari.woff2",
    source: ["anek-devanagari", "anek-devanagari-devanagari-wght-normal"],
    text: DEVANAGARI,
    // Its conjuncts are many: a range of weights would be 190 kB instead of 80, so one stands for all.
    axes: { wght: 540 },
  },
];

/** Cuts a font down to a text and axes. */
export async function cut(
  font: Uint8Array,
  { text, axes, format }: { text: string; axes: Axes; format: "woff2" | "truetype" },
): Promise<Uint8Array<ArrayBuffer>> {
  const options = { targetFormat: format, variationAxes: axes };
  return new Uint8Array(await subsetFont(Buffer.from(font), text, options));
}

function range(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))
    .join("");
}
