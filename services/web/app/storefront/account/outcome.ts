import type { NoteKind } from "../../parts/note.tsx";

/** What became of an attempt to cancel. */
export interface Outcome {
  kind: NoteKind;
  text: string;
}
