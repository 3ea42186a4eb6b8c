import { splitLanguage } from "@evently/shared/languages";

/** Stands for this site while a path is read. */
const SITE = "http://site.invalid";
/** Pages that lead nowhere after a log-in. */
const LOG_IN_PAGES = ["/login", "/register", "/forgot", "/reset", "/verify"];

/** The way back after a log-in: a path of this site in whichever language, else home. What leads elsewhere, however it is written, does not. */
export function ownPath(to: string | undefined): string {
  if (!to?.startsWith("/")) return "/";
  try {
    const { origin, pathname, search, hash } = new URL(to, SITE);
    const { path } = splitLanguage(pathname);
    const isOwn = origin === SITE && !path.startsWith("//") && !LOG_IN_PAGES.includes(path);
    return isOwn ? path + search + hash : "/";
  } catch {
    return "/";
  }
}
