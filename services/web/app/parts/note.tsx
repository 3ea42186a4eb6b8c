import type { ReactNode } from "react";

/** What a note is about; each has its sign, so that the colour says nothing alone. */
export type NoteKind = "ok" | "info" | "warn" | "bad";

const SIGNS: Readonly<Record<NoteKind, string>> = {
  ok: "M4 10.5l4 4 8-9",
  info: "M10 9v6M10 5v.5",
  warn: "M10 5v6M10 14.5v.5",
  bad: "M10 5v6M10 14.5v.5",
};

/** A box that says what happened and what to do. `role` is `alert` for what must be heard at once. */
export function Note({ kind, role, children }: {
  kind: NoteKind;
  role?: "status" | "alert";
  children: ReactNode;
}) {
  return (
    <div className={`note note--${kind}`} role={role}>
      <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        {kind === "ok" ? null : <circle cx="10" cy="10" r="8.5" />}
        <path d={SIGNS[kind]} />
      </svg>
      <div>{children}</div>
    </div>
  );
}
