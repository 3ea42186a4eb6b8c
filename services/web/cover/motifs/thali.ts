import { INK, WHITE } from "../palette.ts";
import { below } from "../seeded.ts";
import { circle, line, polar, repeat, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

const GREENS = "#3E7B27";
const LENTILS = "#FFD23F";

/** A round platter: small bowls in a ring, rice in the middle. */
export const thali: Motif = ({ tint, deep, pop }, random) => {
  const bowls = 5 + below(random, 3);
  const turn = random() * 6;
  const dishes = [deep, pop, INK, GREENS, deep, LENTILS, deep];
  const platter = circle([0, 0], 232, INK) + circle([0, 0], 220, WHITE) + circle([0, 0], 200, tint);
  const ring = repeat(bowls, (index) => {
    const centre = polar(138, turn + index * 2 * Math.PI / bowls);
    return circle(centre, 52, INK) + circle(centre, 44, WHITE) +
      circle(centre, 34, dishes[index % dishes.length]!);
  });
  const middle = circle([0, 0], 66, WHITE);
  const edge = line(circlePath(66), INK, 8, { "stroke-dasharray": "3 13" });
  const rice = shape("M-40,14 A44,44 0 0 1 40,14 Z", pop);
  const leaf = shape("M-18,-10 Q0,-52 18,-10 Z", deep);
  return platter + ring + middle + edge + rice + leaf;
};

/** A circle round the origin that begins at its right. */
function circlePath(radius: number): string {
  return `M${radius},0 A${radius},${radius} 0 1 1 -${radius},0 A${radius},${radius} 0 1 1 ${radius},0`;
}
