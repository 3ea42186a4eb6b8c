import { side } from "../seeded.ts";
import { box, group } from "../svg.ts";
import { type Field, reachOf } from "./field.ts";

/** Diagonal stripes, leaning either way. */
export const stripes: Field = ({ tint }, random, extent) => {
  const stripe = 34 + random() * 16;
  const angle = 45 * side(random);
  const reach = reachOf(extent) + stripe;
  let drawn = "";
  for (let x = -reach; x < reach; x += stripe * 2) {
    drawn += box([x, -reach, stripe, 2 * reach], tint);
  }
  return group({ transform: `rotate(${angle})` }, drawn);
};
