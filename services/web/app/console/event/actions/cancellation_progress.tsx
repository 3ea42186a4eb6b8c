import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useFormat } from "../../../messages/use_messages.ts";
import { cancellationQuery, liveKey, type ManagedEvent } from "../../api/event.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";

/** How far the bookings of a cancelled event are cancelled and refunded. It goes on whether anybody looks or not. */
export function CancellationProgress({ event }: { event: ManagedEvent }) {
  const { api, scope } = useEventScope(event.event_id);
  const { event: texts } = useConsoleMessages();
  const { number, money, when } = useFormat();
  const queryClient = useQueryClient();
  const { data } = useQuery(cancellationQuery(api, scope));
  const isDone = data?.done_at !== undefined;
  useEffect(() => {
    // The figures beside it are of before the last refund.
    if (isDone) void queryClient.invalidateQueries({ queryKey: liveKey(scope) });
  }, [isDone, queryClient, scope]);
  if (!data) return <div className="skeleton console__skeleton" aria-hidden="true" />;
  const { bookings, cancelled, refunds, refunded, failed, currency, done_at: doneAt } = data;
  const done = doneAt && when(doneAt, event.timezone);
  return (
    <section className="cancellation" aria-labelledby="cancellation">
      <h2 id="cancellation">{texts.progressTitle}</h2>
      <p role="status">
        {done
          ? texts.progressDone(`${done.short}, ${done.time} ${done.zone}`)
          : texts.progressGoesOn}
      </p>
      {bookings === 0 ? <p>{texts.progressNothing}</p> : (
        <Bar
          done={cancelled}
          all={bookings}
          text={texts.progressBookings(number(cancelled), bookings, number(bookings))}
        />
      )}
      {refunds === 0 ? null : (
        <>
          <Bar
            done={refunded}
            all={refunds}
            text={texts.progressRefunds(number(refunded), refunds, number(refunds))}
          />
          <p>
            {texts.progressMoney(
              money(data.refunded_amount, currency),
              money(data.refund_amount, currency),
            )}
          </p>
        </>
      )}
      {failed > 0 ? <p>{texts.progressFailed(failed, number(failed))}</p> : null}
    </section>
  );
}

function Bar({ done, all, text }: { done: number; all: number; text: string }) {
  return (
    <div className="cancellation__bar">
      <progress value={done} max={all} aria-label={text} />
      <span aria-hidden="true">{text}</span>
    </div>
  );
}
