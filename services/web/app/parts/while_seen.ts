/**
 * Has something going on while the page is seen.
 *
 * @param begin begins it. @returns what ends it
 * @returns what ends it for good
 */
export function whileSeen(begin: () => () => void): () => void {
  let end: (() => void) | undefined;
  function follow() {
    if (document.visibilityState === "visible") {
      end ??= begin();
      return;
    }
    end?.();
    end = undefined;
  }
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    end?.();
  };
}
