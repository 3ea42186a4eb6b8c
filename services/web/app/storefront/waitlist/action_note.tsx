import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import type { ActionState } from "./use_action.ts";

/** Says why an action was not done. */
export function ActionNote({ state }: { state: ActionState }) {
  const { waitlist } = useMessages();
  switch (state.kind) {
    case "idle":
    case "busy":
      return null;
    case "limited":
      return <Note kind="warn" role="alert">{waitlist.limited(state.retryAfterS)}</Note>;
    case "unreachable":
      return <Note kind="warn" role="alert">{waitlist.unreachable}</Note>;
    case "refused":
      return (
        <Note kind="bad" role="alert">
          {waitlist.refused[state.code] ?? waitlist.refusedOtherwise}
        </Note>
      );
  }
}
