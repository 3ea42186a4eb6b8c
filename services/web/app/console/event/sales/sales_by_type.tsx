import { useFormat } from "../../../messages/use_messages.ts";
import type { EventSales } from "../../api/event.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";

type SoldType = EventSales["by_type"][number];

/** What each ticket type sold in the time of the chart and in that before. A single type has no table of its own. */
export function SalesByType({ sales: { step, by_type: types } }: { sales: EventSales }) {
  const { chart, event: texts } = useConsoleMessages();
  const { number, money } = useFormat();
  const [first] = types;
  if (!first || types.length < 2) return null;
  const steps = first.points.length;
  const columns: Column<SoldType>[] = [
    { key: "name", head: texts.type, isHead: true, cell: ({ name }) => name },
    {
      key: "now",
      head: chart.now[step](steps, number(steps)),
      isNumber: true,
      cell: ({ total }) => number(total.tickets),
    },
    {
      key: "before",
      head: chart.before(number(steps)),
      isNumber: true,
      cell: ({ before }) => number(before.tickets),
    },
    {
      key: "paid",
      head: texts.paid,
      isNumber: true,
      cell: ({ total, currency }) => money(total.gross, currency),
    },
  ];
  return (
    <Table
      caption={texts.soldByType}
      columns={columns}
      rows={types}
      keyOf={({ ticket_type_id, currency }) => `${ticket_type_id} ${currency}`}
    />
  );
}
