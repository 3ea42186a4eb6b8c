import type { Site } from "../site.ts";

/** Something that goes wrong. */
export interface Fault {
  /** What it is called on the command line and in the report. */
  name: string;
  /** Whether it ends a process by kill -9. */
  kills: boolean;
  /**
   * Lets it go wrong. What lasts is over when this resolves: from then on the platform has to heal.
   *
   * @returns what exactly was struck, for the log
   */
  strike(site: Site): Promise<string>;
}
