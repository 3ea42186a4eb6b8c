import type { Inks } from "../palette.ts";
import type { Random } from "../seeded.ts";
import { box, element } from "../svg.ts";

/** How much of the ground a field has to cover; its middle is the origin. */
export interface Extent {
  width: number;
  height: number;
}

/** A pattern in paper and tint that fills the ground behind the motif. */
export type Field = (inks: Pick<Inks, "paper" | "tint">, random: Random, extent: Extent) => string;

/** Distance from the middle to a corner. */
export function reachOf({ width, height }: Extent): number {
  return Math.hypot(width, height) / 2;
}

const TILE_ID = "f";

/** Fills the ground with copies of a tile. The only reference of a cover is to this tile of its own. */
export function tiled(
  tile: { width: number; height: number; content: string },
  { width, height }: Extent,
): string {
  const pattern = element("pattern", {
    id: TILE_ID,
    width: tile.width,
    height: tile.height,
    patternUnits: "userSpaceOnUse",
  }, tile.content);
  return pattern + box([-width / 2, -height / 2, width, height], `url(#${TILE_ID})`);
}
