import { useId, useRef } from "react";
import { ActionNote } from "./action_note.tsx";
import { useAction } from "./use_action.ts";

/** A button for what cannot be undone: it asks in a dialog first. */
export function AskFirst(props: {
  button: string;
  title: string;
  text: string;
  yes: string;
  busy: string;
  no: string;
  send(): Promise<unknown>;
  onDone(): void;
}) {
  const { button, title, text, yes, busy, no, send, onDone } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const action = useAction();
  const titleId = useId();
  const textId = useId();
  const confirm = async () => {
    // The dialog is gone with the view once the place is read again, so this is told before.
    const isDone = await action.run(async () => {
      await send();
      onDone();
    });
    if (isDone) dialog.current?.close();
  };
  return (
    <>
      <button
        className="btn btn--text"
        type="button"
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        {button}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={titleId} aria-describedby={textId}>
        <h2 id={titleId}>{title}</h2>
        <p id={textId}>{text}</p>
        <ActionNote state={action.state} />
        <div className="dialog-actions">
          <button
            className="btn"
            type="button"
            aria-busy={action.isBusy}
            onClick={() => void confirm()}
          >
            {action.isBusy ? busy : yes}
          </button>
          <button
            className="btn btn--second"
            type="button"
            onClick={() => dialog.current?.close()}
          >
            {no}
          </button>
        </div>
      </dialog>
    </>
  );
}
