import { Note } from "../../parts/note.tsx";
import { useConsoleMessages } from "../use_console.ts";

/** Says that a form has come back with what was typed before a log-in, or before one went elsewhere. */
export function RestoredNote({ kept }: { kept: { isRestored: boolean; startOver: () => void } }) {
  const { login } = useConsoleMessages();
  if (!kept.isRestored) return null;
  return (
    <Note kind="info" role="status">
      {login.restored}{" "}
      <button className="link" type="button" onClick={kept.startOver}>{login.startOver}</button>
    </Note>
  );
}
