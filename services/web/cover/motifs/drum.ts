import { INK, WHITE } from "../palette.ts";
import { box, element, group, outline, repeat, rounded, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

const LACES = 9;

/** A mridangam: a barrel drum with laced skins, its two heads of different size. */
export const drum: Motif = ({ deep, pop }, random) => {
  const lean = (random() - 0.5) * 26;
  const barrel = shape("M-206,-84 Q0,-164 206,-84 V84 Q0,164 -206,84 Z", deep, outline(INK, 10));
  const laces = repeat(LACES, (index) => {
    const x = -176 + index * 44;
    return `M${x},-86 L${x + 22},86 L${x + 44},-86`;
  });
  const band = box([-24, -126, 48, 252], deep, outline(INK, 8));
  return group(
    { transform: `rotate(${rounded(lean)})` },
    barrel + shape(laces, "none", outline(pop, 9)) + band +
      head(-206, { rx: 18, ry: 42 }) + head(206, { rx: 14, ry: 32 }),
  );
};

/** A head seen from the side, with its black spot. */
function head(cx: number, spot: { rx: number; ry: number }): string {
  const centre = { cx, cy: 0 };
  return element("ellipse", { ...centre, rx: 40, ry: 88, fill: WHITE, ...outline(INK, 10) }) +
    element("ellipse", { ...centre, ...spot, fill: INK });
}
