import type { MotifName } from "../kinds.ts";
import { drum } from "./drum.ts";
import { face } from "./face.ts";
import { kites } from "./kites.ts";
import { lamp } from "./lamp.ts";
import { masks } from "./masks.ts";
import { medal } from "./medal.ts";
import { microphone } from "./microphone.ts";
import type { Motif } from "./motif.ts";
import { star } from "./star.ts";
import { thali } from "./thali.ts";
import { tiles } from "./tiles.ts";
import { wicket } from "./wicket.ts";

/** Every motif by its name. */
export const MOTIFS: Readonly<Record<MotifName, Motif>> = {
  lamp,
  thali,
  microphone,
  masks,
  tiles,
  drum,
  wicket,
  medal,
  face,
  kites,
  star,
};

/** Motifs that lose their shape on dark ground, so they are never printed inverted. */
export const NEVER_INVERTED: ReadonlySet<MotifName> = new Set<MotifName>([
  "lamp",
  "thali",
  "tiles",
  "medal",
]);
