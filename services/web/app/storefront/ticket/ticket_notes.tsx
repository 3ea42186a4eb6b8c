import type { ShownTicket } from "../../api/tickets.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";

/** What is to be known before the ticket is read: just paid, cancelled, or shown from this device. */
export function TicketNotes({ shown: { ticket, keptAt }, isJustPaid }: {
  shown: ShownTicket;
  isJustPaid: boolean;
}) {
  const { ticket: texts } = useMessages();
  const { when } = useFormat();
  const kept = keptAt && when(keptAt, ticket.event.timezone ?? "UTC");
  const isValid = ticket.status === "valid";
  return (
    <div className="ticket-page__notes stack">
      {isJustPaid && isValid
        ? (
          <Note kind="ok" role="status">
            <b>{ticket.total_amount === 0 ? texts.taken : texts.paid}</b> {texts.paidThen}
          </Note>
        )
        : null}
      {kept
        ? (
          <Note kind="info" role="status">
            {texts.kept(`${kept.short}, ${kept.time} ${kept.zone}`)}
          </Note>
        )
        : null}
      {isValid ? null : (
        <Note kind="bad" role="status">
          <b>
            {ticket.event.status === "cancelled" ? texts.eventCancelled : texts.cancelled}
          </b>{" "}
          {texts.cancelledThen}
        </Note>
      )}
    </div>
  );
}
