import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { Field } from "../../parts/field.tsx";
import { readForm } from "../../parts/read_form.ts";
import { eventsChanged, type ManagedEvent } from "../api/events.ts";
import { addPool, type Pool, removePool } from "../api/ticket_types.ts";
import { Failure } from "../parts/failure.tsx";
import { SeatsByState } from "../parts/seats_by_state.tsx";
import { Table } from "../parts/table.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** Pools of seats that ticket types share, which limit what these sell together. */
export function Pools({ event, pools, isOpen }: {
  event: ManagedEvent;
  pools: readonly Pool[];
  isOpen: boolean;
}) {
  const { editor, parts } = useConsoleMessages();
  const { number } = useFormat();
  return (
    <div className="stack pools">
      <h3>{editor.pools}</h3>
      <p className="soft">{editor.poolsHint}</p>
      {pools.length > 0
        ? (
          <Table
            caption={editor.pools}
            rows={pools}
            keyOf={({ pool_id }) => pool_id}
            columns={[
              { key: "name", head: editor.pool, isHead: true, cell: ({ name }) => name },
              {
                key: "seats",
                head: parts.seatsColumn,
                cell: ({ capacity, sold, held, available }) => (
                  <SeatsByState {...{ capacity, sold, held }} free={available} />
                ),
              },
              {
                key: "capacity",
                head: editor.poolCapacity,
                isNumber: true,
                cell: ({ capacity }) => number(capacity),
              },
              { key: "sold", head: parts.sold, isNumber: true, cell: ({ sold }) => number(sold) },
              { key: "held", head: parts.held, isNumber: true, cell: ({ held }) => number(held) },
              {
                key: "free",
                head: parts.free,
                isNumber: true,
                cell: ({ available }) => number(available),
              },
              ...(isOpen
                ? [{
                  key: "do",
                  head: editor.doType,
                  cell: (pool: Pool) => <DeletePool eventId={event.event_id} pool={pool} />,
                }]
                : []),
            ]}
          />
        )
        : null}
      {isOpen ? <NewPool eventId={event.event_id} /> : null}
    </div>
  );
}

function NewPool({ eventId }: { eventId: string }) {
  const { api } = useConsole();
  const { editor } = useConsoleMessages();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [wrong, setWrong] = useState<{ poolName?: string; poolCapacity?: string }>({});
  const add = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const form = submitted.currentTarget;
    const { poolName = "", poolCapacity = "" } = readForm(form);
    const capacity = Number(poolCapacity);
    const isCount = Number.isInteger(capacity) && capacity > 0;
    setWrong({
      ...(poolName.trim() === "" ? { poolName: editor.enterName } : {}),
      ...(isCount ? {} : { poolCapacity: editor.enterCapacity }),
    });
    setError(undefined);
    if (poolName.trim() === "" || !isCount) return;
    setBusy(true);
    try {
      await addPool(api, eventId, { name: poolName.trim(), capacity });
      form.reset();
      await eventsChanged(queryClient);
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  return (
    <form className="field-row pool-form" noValidate onSubmit={add}>
      <Field name="poolName" label={editor.poolName} error={wrong.poolName} />
      <Field
        name="poolCapacity"
        label={editor.poolCapacity}
        inputMode="numeric"
        error={wrong.poolCapacity}
      />
      <button className="btn btn--second" type="submit" disabled={busy} aria-busy={busy}>
        {editor.addPool}
      </button>
      <Failure error={error} texts={{ OFFER_FULL: editor.offerFull }} />
    </form>
  );
}

function DeletePool({ eventId, pool }: { eventId: string; pool: Pool }) {
  const { api } = useConsole();
  const { editor } = useConsoleMessages();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const remove = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await removePool(api, eventId, pool.pool_id);
      await eventsChanged(queryClient);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <>
      <button
        className="link"
        type="button"
        disabled={busy}
        aria-label={`${editor.remove}: ${pool.name}`}
        onClick={remove}
      >
        {editor.remove}
      </button>
      <Failure error={error} texts={{ POOL_IN_USE: editor.poolInUse }} />
    </>
  );
}
