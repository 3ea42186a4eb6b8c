import type { Ref } from "react";
import { OutcomeNote } from "../../parts/outcome_note.tsx";
import type { Action } from "../../parts/use_action.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { shortId } from "./accounts_table.tsx";

/** Says what a block does, before it is made. */
export function BlockDialog({ ref, userId, block }: {
  ref: Ref<HTMLDialogElement>;
  /** `undefined`: none was chosen yet. */
  userId: string | undefined;
  block: Action<string>;
}) {
  const { eventHolds: texts } = useConsoleMessages();
  return (
    <dialog className="ask" ref={ref} aria-labelledby="block-ask">
      <form className="stack" method="dialog">
        <h2 id="block-ask">{texts.blockAsk(shortId(userId ?? ""))}</h2>
        <p>{texts.blockAskText}</p>
        <p>{texts.blockAskUndo}</p>
        <OutcomeNote outcome={block.outcome?.kind === "ok" ? undefined : block.outcome} />
        <div className="row-of-buttons">
          <button
            className="btn"
            type="button"
            disabled={block.busy}
            aria-busy={block.busy}
            onClick={() => void (userId && block.act(userId))}
          >
            {block.busy ? texts.blocking : texts.blockDo}
          </button>
          <button className="btn btn--second" type="submit">{texts.blockKeep}</button>
        </div>
      </form>
    </dialog>
  );
}
