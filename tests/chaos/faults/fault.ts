import type { Site } from "../site.ts";

/** A fault to inject. */
export interface Fault {
  /** Name on the command line and in the report. */
  name: string;
  /** Whether it kills a process with kill -9. */
  kills: boolean;
  /**
   * Injects the fault. When the promise resolves the fault is over and the platform must heal.
   *
   * @returns description of the target, for the log
   */
  strike(site: Site): Promise<string>;
}
