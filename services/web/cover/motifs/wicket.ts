import { INK, WHITE } from "../palette.ts";
import { side } from "../seeded.ts";
import { box, circle, group, line, outline } from "../svg.ts";
import type { Motif } from "./motif.ts";

/** A cricket ball before the stumps, on either side. */
export const wicket: Motif = ({ deep, pop }, random) => {
  const stumps = [6, 66, 126]
    .map((x) => box([x, -214, 30, 420], pop, { rx: 14, ...outline(INK, 8) })).join("");
  const bails = [4, 76]
    .map((x) => box([x, -236, 82, 24], pop, { rx: 12, ...outline(INK, 8) })).join("");
  const ball = circle([-70, 56], 152, deep);
  const edge = circle([-70, 56], 152, "none", outline(INK, 9));
  const seam = group(
    { transform: "translate(-70,56) rotate(-28)" },
    line("M-26,-148 Q26,0 -26,148", WHITE, 9) + line("M26,-148 Q78,0 26,148", WHITE, 9) +
      line("M0,-140 Q52,0 0,140", WHITE, 12, { "stroke-dasharray": "2 24" }),
  );
  return group({ transform: `scale(${side(random)},1)` }, stumps + bails + ball + seam + edge);
};
