import { below } from "../seeded.ts";
import { circle, outline, type Point } from "../svg.ts";
import { type Field, tiled } from "./field.ts";

const LINE_WIDTH = 7;

/** Overlapping scales, as roof tiles lie. */
export const scales: Field = ({ paper, tint }, random, extent) => {
  const size = 54 + 10 * below(random, 3);
  const radius = size / 2;
  const scale = (centre: Point) => circle(centre, radius, paper, outline(tint, LINE_WIDTH));
  const content = scale([radius, 0]) + scale([0, radius]) + scale([size, radius]) +
    scale([radius, size]);
  return tiled({ width: size, height: size, content }, extent);
};
