import { circle, repeat } from "../svg.ts";
import { type Field, reachOf } from "./field.ts";

const INNERMOST = 60;

/** Rings round the middle, from the outermost inwards. */
export const rings: Field = ({ paper, tint }, random, extent) => {
  const step = 46 + random() * 22;
  const count = Math.max(9, Math.ceil((reachOf(extent) - INNERMOST) / step));
  return repeat(count, (drawn) => {
    const index = count - drawn;
    return circle([0, 0], INNERMOST + index * step, index % 2 ? tint : paper);
  });
};
