import { INK, WHITE } from "../palette.ts";
import { circle, line, outline, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

/** Gaps between the teeth of every other face. */
const GAPS = [-84, -28, 28, 84].map((x) => `M${x},0 V52`).join(" ");

/** A face that roars with laughter. */
export const face: Motif = ({ deep, pop }, random) => {
  const hasGaps = random() < 0.5;
  const head = circle([0, 0], 226, deep);
  const eyes = circle([-82, -84], 34, WHITE) + circle([82, -84], 34, WHITE) +
    circle([-74, -78], 17, INK) + circle([90, -78], 17, INK);
  const mouth = shape("M-160,-10 H160 C160,106 92,176 0,176 C-92,176 -160,106 -160,-10 Z", INK);
  const teeth = shape("M-140,-2 H140 Q136,46 118,52 H-118 Q-136,46 -140,-2 Z", WHITE) +
    (hasGaps ? shape(GAPS, "none", outline(INK, 6)) : "");
  const tongue = shape(
    "M-84,132 C-60,86 60,86 84,132 C58,164 26,174 0,174 C-26,174 -58,164 -84,132 Z",
    pop,
  );
  const brows = line("M-128,-158 Q-82,-190 -44,-158", pop, 16) +
    line("M128,-158 Q82,-190 44,-158", pop, 16);
  return head + eyes + mouth + teeth + tongue + brows;
};
