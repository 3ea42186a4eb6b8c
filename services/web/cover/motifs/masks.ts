import { INK, WHITE } from "../palette.ts";
import { side } from "../seeded.ts";
import { group, line, outline, rounded, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

const SMILE = "M-70,38 Q0,62 70,38 Q50,126 0,126 Q-50,126 -70,38 Z";
const FROWN = "M-64,104 Q0,8 64,104 Q0,66 -64,104 Z";

/** The two masks of the theatre, the merry one in front. */
export const masks: Motif = ({ deep, pop }, random) => {
  const tilt = 8 + random() * 8;
  const front = side(random);
  const sad = mask({ face: deep, features: pop, mouth: FROWN });
  const merry = mask({ face: WHITE, features: INK, mouth: SMILE });
  return group({ transform: placed(front * 92, -26, front * tilt) }, sad) +
    group({ transform: placed(-front * 88, 30, -front * tilt) }, merry);
};

function placed(x: number, y: number, angle: number): string {
  return `translate(${x},${y}) rotate(${rounded(angle)})`;
}

function mask({ face, features, mouth }: { face: string; features: string; mouth: string }) {
  const head = shape(
    "M-122,-112 Q0,-158 122,-112 C132,30 96,128 0,166 C-96,128 -132,30 -122,-112 Z",
    face,
    {
      ...outline(INK, 9),
      "stroke-linejoin": "round",
    },
  );
  const eyes = shape("M-82,-42 Q-50,-78 -18,-42 Q-50,-26 -82,-42 Z", features) +
    shape("M82,-42 Q50,-78 18,-42 Q50,-26 82,-42 Z", features);
  const nose = line("M-12,-6 Q0,16 14,-2", features, 8);
  return head + eyes + shape(mouth, features) + nose;
}
