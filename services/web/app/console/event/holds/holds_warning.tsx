import type { ReactNode } from "react";
import { Note } from "../../../parts/note.tsx";
import type { UnpaidHolds } from "../../api/event_holds.ts";
import { useConsoleMessages } from "../../use_console.ts";

/** Says that holds look as if they were made to keep others from buying. */
export function HoldsWarning({ warning, children }: {
  warning: UnpaidHolds["warning"];
  /** Where to look or what to do. */
  children?: ReactNode;
}) {
  const { eventHolds: texts } = useConsoleMessages();
  if (!warning) return null;
  return <Note kind="warn">{texts.warnings[warning]} {children}</Note>;
}
