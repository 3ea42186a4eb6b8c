import { useEffect, useState } from "react";

/** The reader's clock, read anew each `stepMs`; unknown on the server and in the first render. */
export function useNow(stepMs: number): number | undefined {
  const [nowMs, setNowMs] = useState<number>();
  useEffect(() => {
    const read = () => setNowMs(Date.now());
    read();
    const timer = setInterval(read, stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return nowMs;
}
