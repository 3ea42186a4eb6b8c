import type { PointerEvent } from "react";
import { useFormat } from "../../../messages/use_messages.ts";
import { labelled, linesFor } from "./scale.ts";
import type { ChartPoint } from "./chart_point.ts";

const HEIGHT = 250;
const TOP = 28;
const BOTTOM = 26;
const RIGHT = 14;
/** Room for the numbers at the lines: a character's width, and what is beside them. */
const CHAR = 7;
const BESIDE = 14;
/** A window narrower than this has room for few labels. */
const NARROW = 480;
const FEW_LABELS = 3;
const MANY_LABELS = 6;

/** The lines and labels of a chart. They are said in words elsewhere. */
export function ChartDrawing({ points, width, chosen, onPoint }: {
  points: readonly ChartPoint[];
  width: number;
  /** The point that is shown; the last one is marked where there is none. */
  chosen: number | undefined;
  onPoint: (point: number) => void;
}) {
  const { number } = useFormat();
  const lines = linesFor(Math.max(...points.flatMap(({ value, before }) => [value, before])));
  const highest = lines.at(-1)!;
  const left = Math.max(...lines.map((line) => number(line).length)) * CHAR + BESIDE;
  const last = points.length - 1;
  const xOf = (point: number) =>
    last === 0 ? width - RIGHT : left + (width - left - RIGHT) * point / last;
  const yOf = (value: number) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest;
  const pathOf = (value: (point: ChartPoint) => number) =>
    points.map((point, i) => `${i === 0 ? "M" : "L"}${round(xOf(i))},${round(yOf(value(point)))}`)
      .join("");
  const sold = pathOf(({ value }) => value);
  const marked = chosen ?? last;
  const point = points[marked]!;
  const most = width < NARROW ? FEW_LABELS : MANY_LABELS;
  return (
    <svg
      className="chart__drawing"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      aria-hidden="true"
      onPointerMove={(event) => onPoint(pointAt(event, { left, width, last }))}
    >
      <g className="chart__lines">
        {lines.map((line) => <path key={line} d={`M${left},${yOf(line)}H${width - RIGHT}`} />)}
      </g>
      <g className="chart__labels">
        {lines.map((line) => (
          <text key={line} x={left - 8} y={yOf(line) + 4} textAnchor="end">{number(line)}</text>
        ))}
        {labelled(points.length, most).map((i) => (
          <text
            key={i}
            x={xOf(i)}
            y={HEIGHT - 6}
            textAnchor={i === last ? "end" : i === 0 ? "start" : "middle"}
          >
            {points[i]!.tick}
          </text>
        ))}
      </g>
      <path
        className="chart__area"
        d={`${sold}L${round(xOf(last))},${yOf(0)}L${round(xOf(0))},${yOf(0)}Z`}
      />
      <path className="chart__before" d={pathOf(({ before }) => before)} />
      <path className="chart__now" d={sold} />
      {chosen === undefined
        ? null
        : <path className="chart__cursor" d={`M${xOf(marked)},${TOP}V${yOf(0)}`} />}
      <circle className="chart__dot" cx={xOf(marked)} cy={yOf(point.value)} r="5.5" />
      <text
        className="chart__value"
        x={Math.min(Math.max(xOf(marked), left), width - RIGHT)}
        y={Math.max(yOf(point.value) - 14, 14)}
        textAnchor={marked < last / 2 ? "start" : "end"}
      >
        {number(point.value)}
      </text>
    </svg>
  );
}

function pointAt(
  { clientX, currentTarget }: PointerEvent<SVGSVGElement>,
  { left, width, last }: { left: number; width: number; last: number },
): number {
  const x = clientX - currentTarget.getBoundingClientRect().left;
  const share = (x - left) / Math.max(1, width - left - RIGHT);
  return Math.min(Math.max(Math.round(share * last), 0), last);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
