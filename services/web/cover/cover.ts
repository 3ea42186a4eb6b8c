import { border } from "./border.ts";
import { FIELDS } from "./fields/mod.ts";
import { lookOf } from "./kinds.ts";
import { MOTIFS, NEVER_INVERTED } from "./motifs/mod.ts";
import { darkGround, type Inks, lightDrawing, PALETTES } from "./palette.ts";
import { oneOf, seeded } from "./seeded.ts";
import { box, element, group } from "./svg.ts";

/** Size of covers on pages, 4 : 3; motifs are drawn for it. */
const COVER_SIZE = { width: 800, height: 600 };
/** Share of the covers that are printed inverted, where the motif can be. */
const INVERTED_SHARE = 0.28;

/**
 * The generated cover of an event, as SVG: a motif of its kind on a field, within a border, like a matchbox label.
 * The same kind and id give the same bytes for ever. They only choose what is drawn, and never reach the markup.
 */
export function coverSvg(
  eventType: string,
  eventId: string,
  { width, height }: { width: number; height: number } = COVER_SIZE,
): string {
  const random = seeded(eventId);
  const { stock, motif } = lookOf(eventType);
  const { pops, ...palette } = PALETTES[stock];
  const inks: Inks = { ...palette, pop: oneOf(random, pops) };
  const inverted = random() < INVERTED_SHARE && !NEVER_INVERTED.has(motif);
  const ground = inverted ? darkGround(inks) : inks;
  const drawing = inverted ? lightDrawing(inks) : inks;

  const field = oneOf(random, FIELDS)(ground, random, { width, height });
  const fit = Math.min(width / COVER_SIZE.width, height / COVER_SIZE.height);
  const scale = Math.round(fit * (0.98 + random() * 0.08) * 100) / 100;
  const picture = group({ transform: `scale(${scale})` }, MOTIFS[motif](drawing, random));
  const content = box([0, 0, width, height], ground.paper) +
    group({ transform: `translate(${width / 2},${height / 2})` }, field + picture) +
    border(inks, random, { width, height });
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height },
    content,
  );
}
