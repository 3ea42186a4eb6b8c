/** Papers that tickets are printed on; `tokens.css` has their colours, `palette.ts` those of covers. */
export type Stock =
  | "marigold"
  | "tangerine"
  | "rose"
  | "lilac"
  | "sky"
  | "aqua"
  | "mint"
  | "lime"
  | "lemon"
  | "stone";

/** What covers show; each is a file in `motifs/`. */
export type MotifName =
  | "lamp"
  | "thali"
  | "microphone"
  | "masks"
  | "tiles"
  | "drum"
  | "wicket"
  | "medal"
  | "face"
  | "kites"
  | "star";

/** How a kind of event looks. */
export interface KindLook {
  stock: Stock;
  motif: MotifName;
}

const THEATRE: KindLook = { stock: "lilac", motif: "masks" };

/** The one table of kinds. A new kind is a line here, a name in each language, and perhaps a motif. */
export const KINDS: ReadonlyMap<string, KindLook> = new Map([
  ["festival", { stock: "marigold", motif: "lamp" }],
  ["food", { stock: "tangerine", motif: "thali" }],
  ["concert", { stock: "rose", motif: "microphone" }],
  ["theatre", THEATRE],
  ["theater", THEATRE],
  ["conference", { stock: "sky", motif: "tiles" }],
  ["classical", { stock: "aqua", motif: "drum" }],
  ["sports", { stock: "mint", motif: "wicket" }],
  ["marathon", { stock: "mint", motif: "medal" }],
  ["comedy", { stock: "lime", motif: "face" }],
  ["kids", { stock: "lemon", motif: "kites" }],
]);

const UNKNOWN_KIND: KindLook = { stock: "stone", motif: "star" };

/** The look of a kind of event, whatever its case; a star on stone for kinds without one of their own. */
export function lookOf(eventType: string): KindLook {
  return KINDS.get(eventType.toLowerCase()) ?? UNKNOWN_KIND;
}
