import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import type { Ending } from "./states.ts";
import { useClockTime } from "./use_clock_time.ts";

/** How one came to be out of the line, or in it again. */
export function EndingNote({ ending }: { ending: Ending | undefined }) {
  const { waitlist } = useMessages();
  const clockTime = useClockTime();
  if (!ending) return null;
  if (ending.kind === "left") return <Note kind="info" role="status">{waitlist.left}</Note>;
  if (ending.kind === "passed_on") {
    return <Note kind="info" role="status">{waitlist.passedOn}</Note>;
  }
  return (
    <Note kind="warn" role="status">
      {ending.at ? waitlist.over(clockTime(ending.at)) : waitlist.overUnknown}
    </Note>
  );
}
