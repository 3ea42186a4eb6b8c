import { below } from "../seeded.ts";
import { polar, polygon, shape } from "../svg.ts";
import { type Field, reachOf } from "./field.ts";

/** A turn, so that no ray is quite level. */
const TURN = 0.05;
/** Rays are cut straight at their ends, so they begin a little further out than the corners. */
const BEYOND_CORNERS = 1.24;

/** Sun rays from the middle. */
export const rays: Field = ({ tint }, random, extent) => {
  const count = 12 + 2 * below(random, 6);
  const reach = reachOf(extent) * BEYOND_CORNERS;
  const wedges = Array.from({ length: count }, (_, index) => {
    const from = index * 2 * Math.PI / count + TURN;
    return polygon([[0, 0], polar(reach, from), polar(reach, from + Math.PI / count)]);
  });
  return shape(wedges.join(""), tint);
};
