import type { ReactNode } from "react";
import { Note } from "../../parts/note.tsx";
import { Gate } from "../login/gate.tsx";

/** A page whose link is missing, was used or has expired, with what to do instead. */
export function LostLink({ title, text, children }: {
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <Gate title={title} hasErrors={false}>
      <Note kind="warn">{text}</Note>
      {children}
    </Gate>
  );
}
