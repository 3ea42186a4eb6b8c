import { useEffect, useState } from "react";
import { useApp } from "../use_app.ts";

const SECOND_MS = 1_000;
/** What may have let this device sleep, or a page be shown again as it was long ago. */
const WAKING = ["visibilitychange", "resume"] as const;

/**
 * Whole seconds until a time, by the server's clock; `undefined` before the first effect. Timers sleep in background
 * tabs, so it is computed anew when a page is seen again.
 */
export function useTimeLeft(until: string | undefined): number | undefined {
  const { clock } = useApp();
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    if (until === undefined) return setLeft(undefined);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      clearTimeout(timer);
      const leftMs = Date.parse(until) - clock.now();
      setLeft(Math.max(0, Math.ceil(leftMs / SECOND_MS)));
      if (leftMs > 0) timer = setTimeout(tick, leftMs % SECOND_MS || SECOND_MS);
    };
    tick();
    for (const type of WAKING) document.addEventListener(type, tick);
    addEventListener("pageshow", tick);
    return () => {
      clearTimeout(timer);
      for (const type of WAKING) document.removeEventListener(type, tick);
      removeEventListener("pageshow", tick);
    };
  }, [until, clock]);
  return left;
}
