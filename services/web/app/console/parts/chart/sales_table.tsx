import { useFormat } from "../../../messages/use_messages.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { type Column, Table } from "../table.tsx";
import type { SalesOverTime } from "./sales_data.ts";
import type { ChartPoint } from "./chart_point.ts";

/** The numbers of a chart of sales, the latest first, with the money of each step. */
export function SalesTable({ sales, points, caption }: {
  sales: SalesOverTime;
  points: readonly ChartPoint[];
  caption: string;
}) {
  const { chart } = useConsoleMessages();
  const { number, money } = useFormat();
  const rows = points.map((point, i) => ({ point, i })).toReversed();
  const columns: Column<typeof rows[number]>[] = [
    { key: "time", head: chart.time, isHead: true, cell: ({ point }) => point.label },
    {
      key: "sold",
      head: chart.sold,
      isNumber: true,
      cell: ({ point }) => number(point.value),
    },
    {
      key: "before",
      head: chart.soldBefore,
      isNumber: true,
      cell: ({ point }) => number(point.before),
    },
    {
      key: "revenue",
      head: chart.revenue,
      isNumber: true,
      cell: ({ i }) =>
        sales.currencies
          .map(({ currency, points }) => money(points[i]?.revenue ?? 0, currency))
          .join(", "),
    },
  ];
  return (
    <div className="sales-table" role="group" tabIndex={0} aria-label={caption}>
      <Table caption={caption} columns={columns} rows={rows} keyOf={({ point }) => point.at} />
    </div>
  );
}
