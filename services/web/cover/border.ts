import { INK, type Inks } from "./palette.ts";
import { oneOf, type Random } from "./seeded.ts";
import { at, box, circle, line, outline, type Point, polygon, rounded, shape } from "./svg.ts";

/** Paper between the edge and the border. */
const MARGIN = 20;
/** Width of the band, and what is free between it and the inner line. */
const BAND = 30;
const GAP = 6;
const INSET = MARGIN + BAND + GAP;
/** Side of the square in each corner. */
const CORNER = INSET - MARGIN;
/** About as long as one tooth. */
const UNIT = 40;
const DOT_RADIUS = 9;
const EYE_RADIUS = 8;
const LINE_WIDTH = 5;

/** One unit of the border: where it begins, how far it goes, and which way is inwards. */
interface Unit {
  start: Point;
  run: Point;
  inwards: Point;
}

/** What a border is made of: the path of each unit, and how all of them are drawn as one. */
interface Ornament {
  unit(unit: Unit): string;
  draw(units: string, colour: string): string;
}

const tooth: Ornament = {
  unit: ({ start: [x, y], run: [dx, dy], inwards: [ix, iy] }) =>
    polygon([[x, y], [x + dx, y + dy], [x + dx / 2 + ix * BAND, y + dy / 2 + iy * BAND]]),
  draw: shape,
};

/** A line that goes nowhere, with round ends. */
const dot: Ornament = {
  unit: ({ start: [x, y], run: [dx, dy], inwards: [ix, iy] }) =>
    `M${at([x + dx / 2 + ix * BAND / 2, y + dy / 2 + iy * BAND / 2])} h0`,
  draw: (units, colour) => line(units, colour, 2 * DOT_RADIUS),
};

const scallop: Ornament = {
  unit({ start: [x, y], run: [dx, dy] }) {
    const radius = rounded(Math.hypot(dx, dy) / 2);
    return `M${at([x + dx, y + dy])} A${radius},${radius} 0 0 1 ${at([x, y])} Z`;
  },
  draw: shape,
};

const ORNAMENTS = [tooth, dot, scallop] as const;

/** The border of a matchbox label: paper with teeth, dots or scallops between two lines of ink. */
export function border(
  inks: Inks,
  random: Random,
  { width, height }: { width: number; height: number },
): string {
  const { paper, deep } = inks;
  const ornament = oneOf(random, ORNAMENTS);
  const drawn = ornament.draw(unitsOf(width, height).map(ornament.unit).join(""), deep);
  return frameOf(width, height, paper) + drawn + cornersOf(width, height, inks) +
    lineAt(MARGIN, width, height) + lineAt(INSET, width, height);
}

/** Paper that covers what the field has outside of the inner line. */
function frameOf(width: number, height: number, paper: string): string {
  const outer = `M0,0 H${width} V${height} H0 Z`;
  const inner = `M${INSET},${INSET} V${height - INSET} H${width - INSET} V${INSET} Z`;
  return shape(`${outer} ${inner}`, paper, { "fill-rule": "evenodd" });
}

/** A square with an eye in each corner, where the ornaments of two sides would meet. */
function cornersOf(width: number, height: number, { paper, deep }: Inks): string {
  return [MARGIN, width - INSET].flatMap((x) =>
    [MARGIN, height - INSET].map((y) =>
      box([x, y, CORNER, CORNER], deep) +
      circle([x + CORNER / 2, y + CORNER / 2], EYE_RADIUS, paper)
    )
  ).join("");
}

/** Units along the four sides, clockwise, between the corners. */
function unitsOf(width: number, height: number): Unit[] {
  const across = width - 2 * INSET, down = height - 2 * INSET;
  const columns = Math.round(across / UNIT), rows = Math.round(down / UNIT);
  const stepX = across / columns, stepY = down / rows;
  const units: Unit[] = [];
  for (let column = 0; column < columns; column++) {
    const x = INSET + column * stepX;
    units.push({ start: [x, MARGIN], run: [stepX, 0], inwards: [0, 1] });
    units.push({ start: [width - x, height - MARGIN], run: [-stepX, 0], inwards: [0, -1] });
  }
  for (let row = 0; row < rows; row++) {
    const y = INSET + row * stepY;
    units.push({ start: [width - MARGIN, y], run: [0, stepY], inwards: [-1, 0] });
    units.push({ start: [MARGIN, height - y], run: [0, -stepY], inwards: [1, 0] });
  }
  return units;
}

function lineAt(inset: number, width: number, height: number): string {
  return box(
    [inset, inset, width - 2 * inset, height - 2 * inset],
    "none",
    outline(INK, LINE_WIDTH),
  );
}
