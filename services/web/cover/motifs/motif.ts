import type { Inks } from "../palette.ts";
import type { Random } from "../seeded.ts";

/** What a cover shows, drawn round the origin in a square of about 480. */
export type Motif = (inks: Inks, random: Random) => string;
