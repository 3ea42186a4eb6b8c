import { useId, useState } from "react";
import { useFormat } from "../../../messages/use_messages.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { ChartDrawing } from "./chart_drawing.tsx";
import type { ChartPoint } from "./chart_point.ts";
import { useChartKeys } from "./use_chart_keys.ts";
import { useWidth } from "./use_width.ts";

/** Width of a chart before it was measured. */
const FIRST_WIDTH = 640;

/**
 * Counts over time as a line, with the time before dotted. The arrow keys move along it, and what is there is said and
 * shown; a pointer does the same.
 */
export function TimeChart({ points, label }: { points: readonly ChartPoint[]; label: string }) {
  const { chart } = useConsoleMessages();
  const { number } = useFormat();
  const [box, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const [chosen, setChosen] = useState<number>();
  const hint = useId();
  const last = points.length - 1;
  const at = Math.min(chosen ?? last, last);
  const keys = useChartKeys(at, { last, move: setChosen });
  const point = points[at];
  if (!point) return null;
  const text = `${chart.point(point.label, point.value, number(point.value))}, ${
    chart.pointBefore(number(point.before))
  }`;
  return (
    <div className="chart" ref={box}>
      <p className="visually-hidden" id={hint}>{chart.move}</p>
      <div
        className="chart__field"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-describedby={hint}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={text}
        onKeyDown={keys}
        onBlur={() => setChosen(undefined)}
        onPointerLeave={() => setChosen(undefined)}
      >
        <ChartDrawing
          points={points}
          width={width}
          chosen={chosen === undefined ? undefined : at}
          onPoint={setChosen}
        />
      </div>
      <p className="chart__said" aria-hidden="true">{text}</p>
    </div>
  );
}
