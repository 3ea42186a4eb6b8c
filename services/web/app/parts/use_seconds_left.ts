import { useEffect, useState } from "react";

/** Counts whole seconds down to 0, from the moment that `from` is set. Each new object begins anew. */
export function useSecondsLeft(from: { seconds: number } | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!from) return setLeft(0);
    const endMs = performance.now() + from.seconds * 1_000;
    const tick = () => setLeft(Math.max(0, Math.ceil((endMs - performance.now()) / 1_000)));
    tick();
    const timer = setInterval(() => {
      tick();
      if (performance.now() >= endMs) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [from]);
  return left;
}
