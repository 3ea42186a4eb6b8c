/** Calls back when the page turns light or dark, until the signal. */
export function onLookChange(changed: () => void, signal: AbortSignal): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed, { signal });
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => chosen.disconnect());
}
