import type { consoleEn } from "./en/console/mod.ts";

/** Every text of the console, in one language. English is the model. */
export type ConsoleMessages = typeof consoleEn;
