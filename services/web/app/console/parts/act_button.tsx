import type { ReactNode } from "react";
import type { Action } from "./use_action.ts";

/** A button that does something, and says so while it does. */
export function ActButton({ action, doing, kind = "second", children }: {
  action: Action<void>;
  /** Said meanwhile. */
  doing: string;
  kind?: "first" | "second";
  children: ReactNode;
}) {
  return (
    <button
      className={kind === "first" ? "btn" : "btn btn--second"}
      type="button"
      aria-disabled={action.busy}
      aria-busy={action.busy}
      onClick={() => void action.act()}
    >
      {action.busy ? doing : children}
    </button>
  );
}
