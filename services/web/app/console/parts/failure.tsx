import { ApiError } from "../../api/errors.ts";
import { Note } from "../../parts/note.tsx";
import { useConsoleMessages } from "../use_console.ts";

/** Says that what was asked for did not work; `texts` by the API's codes say why. */
export function Failure({ error, texts = {} }: {
  error: unknown;
  texts?: Readonly<Record<string, string>>;
}) {
  const text = useFailureText();
  if (error === undefined || error === null) return null;
  return <Note kind="bad" role="alert">{text(error, texts)}</Note>;
}

/** The text of a failure, from the API's code where it is known. */
export function useFailureText(): (
  error: unknown,
  texts?: Readonly<Record<string, string>>,
) => string {
  const { parts, frame } = useConsoleMessages();
  return (error, texts = {}) => {
    if (!(error instanceof ApiError)) return parts.noAnswer;
    const { code, requestId, status } = error;
    const known = texts[code] ?? (status === 403 ? frame.notAllowed : undefined);
    return known ?? `${parts.failed} ${requestId ?? code}`;
  };
}
