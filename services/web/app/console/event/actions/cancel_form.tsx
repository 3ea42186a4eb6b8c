import { type FormEvent, useState } from "react";
import { ErrorSummary } from "../../../parts/error_summary.tsx";
import { Field } from "../../../parts/field.tsx";
import type { CancellationPreview, ManagedEvent } from "../../api/event.ts";
import type { Action } from "../../parts/use_action.ts";
import { useConsoleMessages } from "../../use_console.ts";

const FIELD = "cancel-name";

/** Cancels an event once its name was typed. */
export function CancelForm({ event: { name }, preview, cancel }: {
  event: ManagedEvent;
  preview: CancellationPreview;
  cancel: Action<void>;
}) {
  const { event: texts } = useConsoleMessages();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setAttempt((count) => count + 1);
    if (plain(typed) !== plain(name)) return setError(texts.cancelNameWrong(name));
    setError(undefined);
    void cancel.act();
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={error ? [{ field: FIELD, text: error }] : []} attempt={attempt} />
      <Field
        name={FIELD}
        label={texts.cancelName}
        hint={name}
        error={error}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <button className="btn btn--danger" type="submit" aria-busy={cancel.busy}>
        {cancel.busy
          ? texts.cancelling
          : preview.refunds.length > 0
          ? texts.cancelDo
          : texts.cancelDoFree}
      </button>
    </form>
  );
}

/** A name as people type it: without regard to case, spaces and the kind of hyphens and quotes. */
function plain(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/[\u2010-\u2015-]/g, "-")
    .replaceAll(/[\u2018\u2019]/g, "'").replaceAll(/[\u201c\u201d]/g, '"').replaceAll(/\s+/g, " ")
    .trim();
}
