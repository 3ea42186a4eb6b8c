import { Note } from "../../parts/note.tsx";
import { useMessages } from "../../messages/use_messages.ts";

/** Says when the next try is taken. It counts for the eye; screen readers hear it once. */
export function TooManyTries({ secondsLeft }: { secondsLeft: number }) {
  const { login } = useMessages();
  if (secondsLeft === 0) return null;
  return <Note kind="warn">{login.tooMany(secondsLeft)}</Note>;
}
