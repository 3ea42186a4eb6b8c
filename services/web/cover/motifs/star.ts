import { INK } from "../palette.ts";
import { below } from "../seeded.ts";
import { circle, polar, polygon, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

/** A star with an eye, for kinds without a motif of their own. */
export const star: Motif = ({ deep, pop }, random) => {
  const points = 8 + below(random, 5);
  const outlineOfStar = polygon(
    Array.from(
      { length: points * 2 },
      (_, index) => polar(index % 2 ? 120 : 220, index * Math.PI / points),
    ),
  );
  return shape(outlineOfStar, deep) + circle([0, 0], 86, pop) + circle([0, 0], 40, INK);
};
