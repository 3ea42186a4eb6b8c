import { useEffect } from "react";
import { whileSeen } from "../../../parts/while_seen.ts";

/** Keeps the screen from going dark while the page is seen, where the browser can. */
export function useAwake(): void {
  useEffect(() => {
    const locks: WakeLock | undefined = navigator.wakeLock;
    if (!locks) return;
    return whileSeen(() => {
      // Refused on low power, for instance: then the screen goes dark as it always does.
      const lock = locks.request("screen").catch(() => undefined);
      return () => void lock.then((held) => held?.release());
    });
  }, []);
}
