import { cut } from "./faces.ts";
import { readSfnt } from "./sfnt.ts";

/** A face of ours, in the weight that a fallback stands in for. */
interface Wanted {
  file: string;
  weight: number;
}

/** A face that many machines have, shown until ours has arrived. */
interface Fallback {
  family: string;
  /** Weights that it is used for. */
  weights: string;
  wanted: Wanted;
  /** Full and PostScript names, by which `local()` finds it. */
  locals: readonly string[];
  /** Mean advance of {@link SAMPLE} in em, by {@link meanAdvance} of the face itself. */
  meanAdvance: number;
}

/** What the mean advance is taken of: names, dates and prices, and a sentence of each page. */
export const SAMPLE = "Monsoon Echoes: Indie Live in Concert. Sat 12 Dec 2026, 18:00, Pune. " +
  "Concerts, plays, matches and fairs across India. The count is live, and each seat is sold once. " +
  "Yours for 5 minutes while you pay. You pay nothing until then. 1,204 of 4,500 left. " +
  "Your bank declined the card. Nothing was taken, and your tickets are still held. Try again.";

const READ: Wanted = { file: "anek-text.woff2", weight: 400 };
const STRONG: Wanted = { file: "anek-text.woff2", weight: 600 };
const PRINTED: Wanted = { file: "anek-condensed.woff2", weight: 750 };

/** Liberation has the advances of Arial. Android has Roboto and none of the others. */
const ARIAL = ["Arial", "ArialMT", "Liberation Sans", "LiberationSans"];
const ARIAL_BOLD = ["Arial Bold", "Arial-BoldMT", "LiberationSans-Bold"];
const NARROW_BOLD = ["Arial Narrow Bold", "ArialNarrow-Bold", "LiberationSansNarrow-Bold"];
const ROBOTO = ["Roboto", "Roboto-Regular"];
const ROBOTO_BOLD = ["Roboto Bold", "Roboto-Bold"];

const FALLBACKS: readonly Fallback[] = [
  { family: "Anek as Arial", weights: "400 500", wanted: READ, locals: ARIAL, meanAdvance: 0.4391 },
  {
    family: "Anek as Arial",
    weights: "501 700",
    wanted: STRONG,
    locals: ARIAL_BOLD,
    meanAdvance: 0.4691,
  },
  {
    family: "Anek as Roboto",
    weights: "400 500",
    wanted: READ,
    locals: ROBOTO,
    meanAdvance: 0.4345,
  },
  {
    family: "Anek as Roboto",
    weights: "501 700",
    wanted: STRONG,
    locals: ROBOTO_BOLD,
    meanAdvance: 0.443,
  },
  {
    family: "Anek Condensed as Narrow",
    weights: "600 800",
    wanted: PRINTED,
    locals: NARROW_BOLD,
    meanAdvance: 0.3847,
  },
  {
    family: "Anek Condensed as Arial",
    weights: "600 800",
    wanted: PRINTED,
    locals: ARIAL_BOLD,
    meanAdvance: 0.4691,
  },
  {
    family: "Anek Condensed as Roboto",
    weights: "600 800",
    wanted: PRINTED,
    locals: ROBOTO_BOLD,
    meanAdvance: 0.443,
  },
];

/** Mean advance of {@link SAMPLE} in a face, in em. */
export function meanAdvance(font: Uint8Array): number {
  const { unitsPerEm, widthOf } = readSfnt(font);
  const widths = [...SAMPLE].map((character) => {
    const width = widthOf(character);
    if (width === undefined) throw new Error(`the font has no "${character}"`);
    return width;
  });
  return widths.reduce((sum, width) => sum + width, 0) / widths.length / unitsPerEm;
}

/**
 * The style sheet that gives other faces the measures of ours: a line of text has the same length by `size-adjust`, and
 * its baseline the same place by the overrides, which count in the adjusted size.
 *
 * @param read reads a subset by its file name
 */
export async function fallbackStyles(
  read: (file: string) => Promise<Uint8Array>,
): Promise<string> {
  const rules = await Promise.all(FALLBACKS.map(async (fallback) => {
    const { file, weight } = fallback.wanted;
    const axes = { wght: weight };
    const ours = await cut(await read(file), { text: SAMPLE, axes, format: "truetype" });
    return ruleOf(fallback, ours);
  }));
  return `/* Written by fonts/cut.ts. */\n${rules.join("")}`;
}

function ruleOf({ family, weights, locals, meanAdvance: theirs }: Fallback, ours: Uint8Array) {
  const { unitsPerEm, ascent, descent, lineGap } = readSfnt(ours);
  const adjust = meanAdvance(ours) / theirs;
  const override = (length: number) => percent(length / unitsPerEm / adjust);
  return `@font-face {
  font-family: "${family}";
  src: ${locals.map((name) => `local("${name}")`).join(", ")};
  font-weight: ${weights};
  size-adjust: ${percent(adjust)};
  ascent-override: ${override(ascent)};
  descent-override: ${override(descent)};
  line-gap-override: ${override(lineGap)};
}
`;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`;
}
