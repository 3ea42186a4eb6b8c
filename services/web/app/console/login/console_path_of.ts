import { isConsolePath } from "../../console_path.ts";
import { ownPath } from "../../storefront/login/own_path.ts";

const DOORS = /^\/console\/(?:login|register)(?:[/?#]|$)/;

/** The way back after an organiser's log-in: a page of the console, else its first. */
export function consolePathOf(to: string | undefined): string {
  const path = ownPath(to);
  return isConsolePath(path.replace(/[?#].*$/, "")) && !DOORS.test(path) ? path : "/console";
}
