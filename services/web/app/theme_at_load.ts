/**
 * Shows the chosen look before the page is first painted. It is a script of its own at the head of each page: pages are
 * the same for everybody, so the server cannot know the look, and the policy allows no script within the page. It imports
 * nothing, as only a classic script holds the first paint: `theme.ts` keeps what is read here.
 */
try {
  const theme = localStorage.getItem("evently-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Where nothing can be kept, pages look as the device does.
}
