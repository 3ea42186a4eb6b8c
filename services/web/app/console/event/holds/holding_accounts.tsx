import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useFormat } from "../../../messages/use_messages.ts";
import { eventChanged, type ManagedEvent } from "../../api/event.ts";
import { blockBuyer, unblockBuyer, type UnpaidHolds } from "../../api/event_holds.ts";
import { EmptyState } from "../../parts/empty_state.tsx";
import { OutcomeNote } from "../../parts/outcome_note.tsx";
import { useAction } from "../../parts/use_action.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { useMayChange } from "../../use_may_change.ts";
import { useEventScope } from "../use_event_scope.ts";
import { AccountsTable } from "./accounts_table.tsx";
import { BlockDialog } from "./block_dialog.tsx";

/** The accounts that hold the most without paying, and those that are blocked; blocks and unblocks them. */
export function HoldingAccounts({ event, holds }: {
  event: ManagedEvent;
  /** `undefined`: not known yet. */
  holds: UnpaidHolds | undefined;
}) {
  const { eventHolds: texts } = useConsoleMessages();
  const { number } = useFormat();
  const { api, scope } = useEventScope(event.event_id);
  const mayChange = useMayChange(event.organisation_id);
  const queryClient = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState<string>();
  const settled = () => eventChanged(queryClient, scope);
  const block = useAction(async (userId: string) => {
    const { released } = await blockBuyer(api, { eventId: scope.eventId, userId });
    dialog.current?.close();
    return texts.blockedNow(released.tickets, number(released.tickets));
  }, { settled, refusals: { BLOCKS_FULL: texts.full } });
  const unblock = useAction(async (userId: string) => {
    await unblockBuyer(api, { eventId: scope.eventId, userId });
    return texts.unblockedNow;
  }, { settled });
  // A refused block is told in its dialog.
  const blocked = block.outcome?.kind === "ok" ? block.outcome : undefined;

  function ask(userId: string): void {
    block.forget();
    unblock.forget();
    setAsked(userId);
    dialog.current?.showModal();
  }

  function undo(userId: string): void {
    block.forget();
    void unblock.act(userId);
  }

  const isEmpty = holds && holds.accounts.length === 0 && holds.blocks.length === 0;
  return (
    <section className="stack" aria-labelledby="holding-accounts">
      <h2 id="holding-accounts">{texts.accounts}</h2>
      <OutcomeNote outcome={unblock.outcome ?? blocked} />
      {isEmpty
        ? (
          <EmptyState title={texts.none}>
            <p>{texts.noneText}</p>
          </EmptyState>
        )
        : (
          <>
            <p>{texts.accountsText}</p>
            <AccountsTable
              holds={holds}
              timeZone={event.timezone}
              actions={mayChange ? { busy: block.busy || unblock.busy, ask, undo } : undefined}
            />
          </>
        )}
      <p className="soft">{texts.limitHint}</p>
      {mayChange ? <BlockDialog ref={dialog} userId={asked} block={block} /> : null}
    </section>
  );
}
