import { times } from "@evently/shared/testing";
import { startCollectors } from "./collectors.ts";
import { hexId, sendOtlp } from "./otlp.ts";

/** As many as a reservation has. */
const SPANS = 13;
const SECONDS = 25;
const TICK_MS = 250;
/** As Deno exports them. */
const BATCH = 512;

/** Sends so many traces a second, each with the spans of a reservation, and says how many of them are refused. */
export async function loadCollector(
  program: string,
  perSecond: number,
  say: (line: string) => void,
): Promise<void> {
  await using collectors = await startCollectors(program);
  const url = `${collectors.origin}/v1/traces`;
  let sent = 0;
  let refused = 0;
  const beganMs = performance.now();
  for (let tick = 1; tick <= SECONDS * 1_000 / TICK_MS; tick++) {
    const spans = times(perSecond * TICK_MS / 1_000, trace).flat();
    for (let at = 0; at < spans.length; at += BATCH) {
      const batch = spans.slice(at, at + BATCH);
      const status = await sendOtlp(url, {
        resourceSpans: [{
          resource: { attributes: [text("service.name", "evently-booking")] },
          scopeSpans: [{ spans: batch }],
        }],
      });
      sent += batch.length;
      if (status !== 200) refused += batch.length;
    }
    const restMs = beganMs + tick * TICK_MS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  const tookS = (performance.now() - beganMs) / 1_000;
  const rate = sent / SPANS / tookS;
  say(
    `${rate.toFixed(0)} traces a second for ${
      tookS.toFixed(0)
    } s: ${sent} spans, ${refused} refused`,
  );
  say(`the collector used ${await collectors.peakMiB()} MiB`);
}

/** A trace with names and attributes as a reservation has them. */
function trace(): object[] {
  const traceId = hexId(16);
  const nowMs = Date.now();
  return times(SPANS, (n) => ({
    traceId,
    spanId: hexId(8),
    parentSpanId: n === 0 ? "" : hexId(8),
    name: "POST /api/v1/bookings/reserve",
    startTimeUnixNano: `${nowMs}000000`,
    endTimeUnixNano: `${nowMs + 10}000000`,
    attributes: [
      text("http.request.method", "POST"),
      text("http.route", "/api/v1/bookings/reserve"),
      text("evently.service", "booking"),
      text("evently.request_id", hexId(16)),
    ],
  }));
}

function text(key: string, stringValue: string): object {
  return { key, value: { stringValue } };
}
