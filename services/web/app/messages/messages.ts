import type { en } from "./en/mod.ts";

/** Every text that people read, in one language. English is the model: a text that another language lacks is a type error. */
export type Messages = typeof en;
