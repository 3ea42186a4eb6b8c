/**
 * Shows the chosen look before the page is first painted: pages are the same for everybody, so the server cannot know
 * the look. `../theme.ts` keeps what is read here.
 */
try {
  const theme = localStorage.getItem("evently-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Where nothing can be kept, pages look as the device does.
}
