import type {} from "./at_load/early_presses.ts";
import { useEffect } from "react";

/** Presses what was pressed before React had the page, once it has. */
export function PressAgain(): null {
  useEffect(() => void pressAgain(), []);
  return null;
}

async function pressAgain(): Promise<void> {
  for (const button of globalThis.takeEarlyPresses?.() ?? []) {
    // Each press meets the page as the one before has left it.
    await new Promise((resolve) => setTimeout(resolve));
    button.click();
  }
}
