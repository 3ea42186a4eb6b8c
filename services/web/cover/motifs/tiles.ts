import { INK, type Inks, WHITE } from "../palette.ts";
import { below, oneOf, type Random } from "../seeded.ts";
import { box, circle, group, outline, repeat, rounded, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

const COLUMNS = 5;
const ROWS = 4;
const SIZE = 104;
const MARGIN = 14;

/** A wall of geometric tiles, each a quarter circle, a triangle, a dot or a ring. */
export const tiles: Motif = (inks, random) => {
  const width = COLUMNS * SIZE + 2 * MARGIN, height = ROWS * SIZE + 2 * MARGIN;
  const wall = box([-width / 2, -height / 2, width, height], inks.paper);
  return wall + repeat(COLUMNS * ROWS, (index) => {
    const x = (index % COLUMNS - (COLUMNS - 1) / 2) * SIZE;
    const y = (Math.floor(index / COLUMNS) - (ROWS - 1) / 2) * SIZE;
    return tile([x, y], inks, random);
  });
};

function tile([x, y]: [number, number], { paper, deep, pop }: Inks, random: Random): string {
  const kind = below(random, 6);
  const turn = below(random, 4) * 90;
  const fill = oneOf(random, [deep, pop, WHITE, INK, deep]);
  return group(
    { transform: `translate(${rounded(x)},${rounded(y)}) rotate(${turn})` },
    figure(kind, fill, paper),
  );
}

function figure(kind: number, fill: string, paper: string): string {
  const half = SIZE / 2;
  // Neighbours of one colour meet without a hairline between them.
  const edge = outline(fill, 1);
  if (kind < 3) {
    return shape(
      `M-${half},-${half} H${half} A${SIZE},${SIZE} 0 0 1 -${half},${half} Z`,
      fill,
      edge,
    );
  }
  if (kind === 3) return circle([0, 0], SIZE * 0.36, fill);
  if (kind === 4) {
    return shape(`M-${half},${half} L${half},${half} L${half},-${half} Z`, fill, edge);
  }
  return circle([0, 0], SIZE * 0.42, fill) + circle([0, 0], SIZE * 0.2, paper);
}
