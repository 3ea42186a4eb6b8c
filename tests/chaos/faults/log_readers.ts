import { pause } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** Long enough that the load fills the pipes. */
const FAULT_MS = 5_000;
/** Many times of what an answer takes. */
const ANSWER_LIMIT_MS = 10_000;

/** Nobody reads the logs for a while. */
export const stalledLog: Fault = {
  name: "stalled_log",
  kills: false,
  async strike({ platform }) {
    for (const process of platform.processes) process.stallReading();
    try {
      await pause(FAULT_MS);
      await mustAnswer(platform);
    } finally {
      for (const process of platform.processes) process.readOn();
    }
    return `${platform.processes.length} processes for ${FAULT_MS} ms`;
  },
};

/** Whoever reads the log of a process goes away, for the rest of its life. */
export const closedLog: Fault = {
  name: "closed_log",
  kills: false,
  async strike({ platform, random }) {
    const process = random.pick(platform.processes);
    await process.hangUp();
    await pause(FAULT_MS);
    await mustAnswer(platform);
    return process.name;
  },
};

/** A process lives for a while with its log on a full device. */
export const fullLog: Fault = {
  name: "full_log",
  kills: true,
  async strike({ platform, random }) {
    const process = random.pick(platform.processes);
    process.outputIsFull = true;
    try {
      await process.kill();
      await pause(FAULT_MS);
    } finally {
      process.outputIsFull = false;
    }
    // Its next life writes to its log again, which the platform is waited for.
    return `${process.name}, pid ${await process.kill()}, for ${FAULT_MS} ms`;
  },
};

/** @throws {Error} the gateway, or a service behind it, does not answer */
async function mustAnswer({ origin }: Site["platform"]): Promise<void> {
  const response = await fetch(`${origin}/health/ready`, {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  await response.body?.cancel();
}
