import process from "node:process";
import { CPU, EVENT_LOOP_DELAY, RESIDENT_MEMORY, START_TIME } from "./metrics.ts";

const TICK_MS = 500;

/** Measures this process from now on: processor, memory, and how late its event loop is. Returns what stops it. */
export function observeProcess(): () => void {
  START_TIME.set(performance.timeOrigin / 1_000);
  RESIDENT_MEMORY.observe(() => Deno.memoryUsage().rss);
  CPU.observe(() => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
  let dueMs = performance.now() + TICK_MS;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    EVENT_LOOP_DELAY.record(Math.max(0, nowMs - dueMs) / 1_000);
    dueMs = nowMs + TICK_MS;
  }, TICK_MS);
  Deno.unrefTimer(timer);
  return () => clearInterval(timer);
}
