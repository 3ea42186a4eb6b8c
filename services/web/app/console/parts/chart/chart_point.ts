/** What was counted in a step of time, and in the step as long before. */
export interface ChartPoint {
  /** Begin of the step. */
  at: string;
  /** The step in words. */
  label: string;
  /** The step in short, beneath the chart. */
  tick: string;
  value: number;
  before: number;
}
