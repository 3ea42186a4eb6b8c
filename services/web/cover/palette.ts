import type { Stock } from "./kinds.ts";

/** The one dark ink. */
export const INK = "#17131F";
export const WHITE = "#FFFFFF";

/** Colours of one cover. */
export interface Inks {
  /** The ground. */
  paper: string;
  /** A shade of the paper, for the field. */
  tint: string;
  /** The dark one that motif and border are drawn in. */
  deep: string;
  /** The bright one, in small places. */
  pop: string;
}

/** Colours that go with a paper; a cover has one of the two bright ones. */
interface Palette extends Omit<Inks, "pop"> {
  pops: readonly [string, string];
}

/** How much ink is in the tint of a dark ground. */
const DARK_TINT_SHARE = 0.22;

/** Colours of covers by paper. The papers are those of `tokens.css`. */
export const PALETTES: Readonly<Record<Stock, Palette>> = {
  marigold: { paper: "#FFC23C", tint: "#FFD272", deep: "#B3261E", pops: ["#FFF1C9", "#F4711F"] },
  tangerine: { paper: "#FF9E5E", tint: "#FFB683", deep: "#8F2411", pops: ["#FFE9B8", "#FFD23F"] },
  rose: { paper: "#FF93AB", tint: "#FFABBE", deep: "#8A1250", pops: ["#FFE0D2", "#FFD23F"] },
  lilac: { paper: "#CFAEFA", tint: "#DCC4FB", deep: "#48208C", pops: ["#FFE9A8", "#FF93AB"] },
  sky: { paper: "#8CC8FF", tint: "#A9D6FF", deep: "#123F94", pops: ["#FFFFFF", "#FFC23C"] },
  aqua: { paper: "#7FDAD0", tint: "#9CE4DC", deep: "#0B5261", pops: ["#FFF1C9", "#FF9E5E"] },
  mint: { paper: "#86DBA4", tint: "#A2E4B9", deep: "#0C5A43", pops: ["#F4FFE3", "#FFC23C"] },
  lime: { paper: "#D6E34B", tint: "#E1EB78", deep: "#2C5E16", pops: ["#FFFFFF", "#FF6F61"] },
  lemon: { paper: "#FFE667", tint: "#FFED8F", deep: "#1D4FA8", pops: ["#FFFFFF", "#FF6F61"] },
  stone: { paper: "#D5D0DC", tint: "#E2DEE7", deep: "#3A3346", pops: ["#FFFFFF", "#FFC23C"] },
};

/** The ground of an inverted cover: the dark ink in place of the paper. */
export function darkGround({ deep, pop }: Inks): Inks {
  return { paper: deep, tint: blend(deep, INK, DARK_TINT_SHARE), deep, pop };
}

/** What is drawn on {@link darkGround}. */
export function lightDrawing(inks: Inks): Inks {
  return { ...inks, paper: inks.deep, deep: inks.paper };
}

/** A colour between two, `share` of the way from the first to the second. */
function blend(from: string, to: string, share: number): string {
  const target = channelsOf(to);
  const mixed = channelsOf(from).map((value, index) =>
    Math.round(value + (target[index]! - value) * share).toString(16).padStart(2, "0")
  );
  return `#${mixed.join("")}`;
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
