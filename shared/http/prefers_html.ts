import type { Context } from "hono";
import { accepts } from "hono/accepts";

/** Whether the client would rather have a page than JSON. An answer that depends on it has `Vary: Accept`. */
export function prefersHtml(c: Context): boolean {
  const type = accepts(c, {
    header: "Accept",
    supports: ["application/json", "text/html"],
    default: "application/json",
  });
  return type === "text/html";
}
