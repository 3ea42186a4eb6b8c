import { INK, WHITE } from "../palette.ts";
import { below } from "../seeded.ts";
import { box, circle, group, line, outline, repeat, rounded, shape } from "../svg.ts";
import type { Motif } from "./motif.ts";

/** Height of the head's middle, and its radius. */
const HEAD_Y = -90;
const HEAD_RADIUS = 112;
/** Half the angle that a sound wave spans. */
const WAVE_ANGLE = 0.62;
const GRILLE = [-60, -20, 20, 60];

/** A stage microphone, leaning, with its sound to both sides. */
export const microphone: Motif = ({ deep, pop }, random) => {
  const waves = 2 + below(random, 2);
  const sound = repeat(waves, (index) => {
    const colour = index % 2 ? pop : deep;
    return wave(160 + index * 52, -1, colour) + wave(160 + index * 52, 1, colour);
  });
  const handle = shape("M-60,8 L60,8 L34,236 L-34,236 Z", deep) +
    shape("M-60,8 L0,8 L0,236 L-34,236 Z", INK);
  const head = circle([0, HEAD_Y], HEAD_RADIUS, WHITE) + grille();
  const collar = box([-78, -2, 156, 34], pop, { rx: 8, ...outline(INK, 7) });
  const rim = circle([0, HEAD_Y], HEAD_RADIUS, "none", outline(INK, 10));
  const lean = (random() - 0.5) * 24;
  return group(
    { transform: `rotate(${rounded(lean)})` },
    sound + handle + head + collar + rim,
  );
};

function wave(radius: number, sideways: 1 | -1, colour: string): string {
  const x = rounded(sideways * Math.cos(WAVE_ANGLE) * radius);
  const top = rounded(HEAD_Y - Math.sin(WAVE_ANGLE) * radius);
  const bottom = rounded(HEAD_Y + Math.sin(WAVE_ANGLE) * radius);
  const clockwise = sideways > 0 ? 1 : 0;
  return line(`M${x},${top} A${radius},${radius} 0 0 ${clockwise} ${x},${bottom}`, colour, 20);
}

function grille(): string {
  const wires = GRILLE.map((offset) => {
    const half = Math.sqrt(HEAD_RADIUS ** 2 - offset ** 2);
    return `M${offset},${rounded(HEAD_Y - half)} V${rounded(HEAD_Y + half)} ` +
      `M${rounded(-half)},${HEAD_Y + offset} H${rounded(half)}`;
  });
  return shape(wires.join(" "), "none", outline(INK, 7));
}
