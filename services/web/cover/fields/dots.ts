import { circle, rounded } from "../svg.ts";
import { type Field, tiled } from "./field.ts";

/** Dots in rows, every other row between those of the last. */
export const dots: Field = ({ tint }, random, extent) => {
  const step = rounded(48 + random() * 14);
  const radius = step * 0.2;
  const content = circle([step / 2, step / 2], radius, tint) +
    circle([0, step * 1.5], radius, tint) + circle([step, step * 1.5], radius, tint);
  return tiled({ width: step, height: step * 2, content }, extent);
};
