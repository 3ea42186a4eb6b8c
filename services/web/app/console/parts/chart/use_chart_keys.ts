import type { KeyboardEvent } from "react";

/** Steps of the keys that go far. */
const FAR = 7;

/** Moves along the points of a chart by the keys of a slider. */
export function useChartKeys(
  at: number,
  { last, move }: { last: number; move: (point: number) => void },
): (event: KeyboardEvent) => void {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageDown: at - FAR,
    PageUp: at + FAR,
    Home: 0,
    End: last,
  };
  return (event) => {
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(Math.min(Math.max(target, 0), last));
  };
}
