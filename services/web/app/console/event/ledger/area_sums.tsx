import { useFormat } from "../../../messages/use_messages.ts";
import type { SeatAudit } from "../../api/event_ledger.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";

type AuditedPool = SeatAudit["pools"][number];

/** The same sum of each area that has seats of its own. */
export function AreaSums({ pools }: { pools: readonly AuditedPool[] }) {
  const { eventLedger: texts, parts } = useConsoleMessages();
  const { number } = useFormat();
  if (pools.length === 0) return null;
  const count = (key: keyof AuditedPool["accounts"], head: string) => ({
    key,
    head,
    isNumber: true,
    cell: ({ accounts }: AuditedPool) => number(accounts[key]),
  });
  const columns: Column<AuditedPool>[] = [
    {
      key: "area",
      head: texts.areaHead,
      isHead: true,
      cell: ({ pool }) => texts.area(number(pool)),
    },
    count("sold", parts.sold),
    count("held", parts.held),
    count("available", parts.free),
    count("set_aside", parts.setAside),
  ];
  return (
    <section className="stack" aria-labelledby="areas">
      <h3 id="areas">{texts.areas}</h3>
      <Table
        caption={texts.areas}
        columns={columns}
        rows={pools}
        keyOf={({ pool }) => String(pool)}
      />
    </section>
  );
}
