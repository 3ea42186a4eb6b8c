import { pause } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** Long enough that the load fills the pipes. */
const FAULT_MS = 5_000;
/** Many times the normal response time. */
const ANSWER_LIMIT_MS = 10_000;

/** Stops reading the logs of all processes for a while. */
export const stalledLog: Fault = {
  name: "stalled_log",
  kills: false,
  async strike({ platform }) {
    for (const process of platform.processes) process.stallReading();
    try {
      await pause(FAULT_MS);
      await assertAnswers(platform);
    } finally {
      for (const process of platform.processes) process.resumeReading();
    }
    return `${platform.processes.length} processes for ${FAULT_MS} ms`;
  },
};

/** Closes the log reader of one process until that process restarts. */
export const closedLog: Fault = {
  name: "closed_log",
  kills: false,
  async strike({ platform, random }) {
    const process = random.pick(platform.processes);
    await process.hangUp();
    await pause(FAULT_MS);
    await assertAnswers(platform);
    return process.name;
  },
};

/** Restarts one process with its log on a full device, and later restarts it normally. */
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
    // The second restart gives the process its normal log back; the caller waits until it is up.
    return `${process.name}, pid ${await process.kill()}, for ${FAULT_MS} ms`;
  },
};

/** @throws {Error} if the gateway or a service behind it does not answer */
async function assertAnswers({ origin }: Site["platform"]): Promise<void> {
  const response = await fetch(`${origin}/health/ready`, {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  await response.body?.cancel();
}
