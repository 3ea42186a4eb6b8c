/** Papers that tickets are printed on; `tokens.css` has their colours. */
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

const STOCK_BY_KIND: Readonly<Record<string, Stock>> = {
  festival: "marigold",
  food: "tangerine",
  concert: "rose",
  theatre: "lilac",
  theater: "lilac",
  conference: "sky",
  classical: "aqua",
  sports: "mint",
  marathon: "mint",
  comedy: "lime",
  kids: "lemon",
};

/** The paper of a kind of event; `stone` for kinds without one of their own. */
export function stockOf(eventType: string): Stock {
  return STOCK_BY_KIND[eventType.toLowerCase()] ?? "stone";
}
