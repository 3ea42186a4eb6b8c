/** Lines across a chart, above the one at 0. */
const LINES = 3;
/** Steps that people count in, times a power of ten. */
const STEPS = [1, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Values of the lines across a chart of whole numbers, from 0 to above the highest of them. */
export function linesFor(highest: number): number[] {
  const least = Math.max(highest, LINES) / LINES;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.map((of) => of * power).find((step) => step >= least && step % 1 === 0) ??
    10 * power;
  return Array.from({ length: LINES + 1 }, (_, line) => line * step);
}

/** Which of so many points have a label beneath, the last one always; at most `most`. */
export function labelled(points: number, most: number): number[] {
  if (points === 0) return [];
  const step = Math.max(1, Math.ceil((points - 1) / (most - 1)));
  const found: number[] = [];
  for (let point = points - 1; point >= 0; point -= step) found.unshift(point);
  return found;
}
