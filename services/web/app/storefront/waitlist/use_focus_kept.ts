import { type RefObject, useEffect, useRef } from "react";

/**
 * When a view takes the place of another one, focus that was in the old one would be lost: it goes to the head of the new
 * one. Focus elsewhere stays where it is.
 *
 * @param view changes with the view; `undefined` before there is one
 * @returns the element that both are in
 */
export function useFocusKept(view: string | undefined): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const last = useRef(view);
  useEffect(() => {
    const before = last.current;
    last.current = view;
    if (before === undefined || before === view) return;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (!isLost) return;
    const head = root.current?.querySelector<HTMLElement>("[data-head]");
    head?.setAttribute("tabindex", "-1");
    head?.focus();
  }, [view]);
  return root;
}
