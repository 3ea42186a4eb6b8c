import { INK, WHITE } from "../palette.ts";
import { below } from "../seeded.ts";
import { circle, line, repeat, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

/** A clay lamp with its flame under an arch of lights. */
export const lamp: Motif = ({ paper, deep, pop }, random) => {
  // An even number, so that none is behind the tip of the flame.
  const lights = 6 + 2 * below(random, 3);
  const arch = repeat(lights, (index) => {
    const angle = Math.PI + (index + 0.5) * Math.PI / lights;
    return circle(
      [Math.cos(angle) * 232, Math.sin(angle) * 222 + 30],
      15,
      Math.min(index, lights - 1 - index) % 2 ? pop : deep,
    );
  });
  const foot = shape("M-44,150 L44,150 L76,206 L-76,206 Z", deep);
  const bowl = shape("M-196,46 C-170,172 -84,186 0,186 C84,186 170,172 196,46 Z", deep);
  const rim = shape("M-196,46 A196,40 0 0 1 196,46 A196,40 0 0 1 -196,46 Z", INK);
  const oil = shape("M-150,44 A150,24 0 0 1 150,44 A150,24 0 0 1 -150,44 Z", pop);
  const flame = shape("M6,-196 C96,-92 84,36 0,44 C-84,36 -78,-64 6,-196 Z", WHITE);
  const heart = shape("M4,-112 C54,-48 46,26 0,32 C-46,26 -42,-34 4,-112 Z", deep);
  const beads = line("M-120,110 Q0,162 120,110", paper, 9, { "stroke-dasharray": "1 26" });
  return arch + foot + bowl + rim + oil + flame + heart + beads;
};
