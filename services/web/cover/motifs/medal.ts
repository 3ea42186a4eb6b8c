import { INK, WHITE } from "../palette.ts";
import { side } from "../seeded.ts";
import { circle, line, outline, polar, polygon, repeat, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

const LANES = 4;
const STAR_POINTS = 5;
const MIDDLE_Y = 74;

/** A medal on its ribbon over the lanes of a track that bends either way. */
export const medal: Motif = ({ deep, pop }, random) => {
  const bend = side(random);
  const track = repeat(LANES, (index) => {
    const start = 150 + index * 46, end = 60 + index * 60;
    return line(
      `M${-bend * 460},${start} C${-bend * 160},${start} ${bend * 60},${end} ${bend * 460},${
        -150 + index * 60
      }`,
      WHITE,
      7,
    );
  });
  const ribbon = shape("M-108,-230 L-20,-230 L44,-40 L-30,-10 Z", deep, outline(INK, 8)) +
    shape("M108,-230 L20,-230 L-44,-40 L30,-10 Z", pop, outline(INK, 8));
  const disc = circle([0, MIDDLE_Y], 130, INK) + circle([0, MIDDLE_Y], 118, pop) +
    circle([0, MIDDLE_Y], 92, WHITE);
  return track + ribbon + disc + shape(star(), deep);
};

function star(): string {
  return polygon(Array.from({ length: STAR_POINTS * 2 }, (_, index) => {
    const [x, y] = polar(index % 2 ? 34 : 76, -Math.PI / 2 + index * Math.PI / STAR_POINTS);
    return [x, MIDDLE_Y + y] as const;
  }));
}
