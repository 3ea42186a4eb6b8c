/** Colours of the pages' tokens (`services/web/styles`), by day: mails cannot refer to them. */
export const COLOURS = {
  ink: "#17131f",
  soft: "#575064",
  ground: "#ffffff",
  well: "#f5f3f8",
  line: "#dfdae6",
  /** Ticket stock, printed in ink. */
  marigold: "#ffc23c",
  /** Stock of what is off. */
  stone: "#d5d0dc",
} as const;

/** Mails load no fonts. */
export const TEXT_FACE =
  "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
export const BIG_FACE = "'Arial Narrow', 'Roboto Condensed', 'Helvetica Neue', Arial, sans-serif";
