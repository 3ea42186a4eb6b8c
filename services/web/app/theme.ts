/** Where this browser keeps the look that its reader chose. Nothing else is kept there, and no server sees it. */
export const THEME_KEY = "evently-theme";

export type Theme = "system" | "light" | "dark";

/** The look that was chosen; that of the device, until then and where nothing can be kept. */
export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

/** Shows a look and keeps it for the next pages. */
export function keepTheme(theme: Theme): void {
  showTheme(theme);
  try {
    if (theme === "system") localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Where nothing can be kept, it lasts as long as the page.
  }
}

/** Shows a look on this page. */
export function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
