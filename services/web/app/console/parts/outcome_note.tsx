import { Note } from "../../parts/note.tsx";
import type { Outcome } from "./use_action.ts";

/** Says what became of something that was done. */
export function OutcomeNote({ outcome }: { outcome: Outcome | undefined }) {
  if (!outcome) return null;
  return (
    <Note kind={outcome.kind} role={outcome.kind === "ok" ? "status" : "alert"}>
      {outcome.text}
    </Note>
  );
}
