import { type RefObject, useEffect, useRef, useState } from "react";

/** The width of an element in whole pixels, so that what is in it can be drawn for it. */
export function useWidth<Element extends HTMLElement>(
  first: number,
): [RefObject<Element | null>, number] {
  const element = useRef<Element>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
