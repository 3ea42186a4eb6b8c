import { INK, WHITE } from "../palette.ts";
import { side } from "../seeded.ts";
import { circle, group, line, outline, rounded, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

/** Two paper kites, the small one further off. */
export const kites: Motif = ({ deep, pop }, random) => {
  const near = side(random);
  const small = `translate(${near * 176},70) rotate(${rounded(near * 24)}) scale(0.62)`;
  const large = `translate(${-near * 66},-14) rotate(${rounded(-near * 14)})`;
  return group({ transform: small }, kite({ left: pop, right: WHITE, string: deep })) +
    group({ transform: large }, kite({ left: deep, right: pop, string: deep }));
};

function kite(colours: { left: string; right: string; string: string }): string {
  const { left, right, string } = colours;
  const tether = line("M0,150 C40,176 -44,196 6,226", string, 9);
  const paper = shape("M0,-190 L140,-20 L0,150 L-140,-20 Z", left, {
    ...outline(INK, 10),
    "stroke-linejoin": "round",
  }) + shape("M0,-190 L140,-20 L0,150 Z", right);
  const sticks = line("M-140,-20 Q0,-66 140,-20", INK, 8) + line("M0,-190 V150", INK, 8);
  const eye = circle([0, -36], 40, WHITE, outline(INK, 8)) + circle([0, -36], 14, INK);
  const tail = shape("M-30,178 L24,164 L14,208 Z", WHITE);
  return tether + paper + sticks + eye + tail;
}
