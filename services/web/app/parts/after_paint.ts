/** Runs something once the browser has painted what has just changed. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}
