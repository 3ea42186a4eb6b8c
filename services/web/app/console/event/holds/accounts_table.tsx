import { useFormat } from "../../../messages/use_messages.ts";
import type { HoldingAccount, UnpaidHolds } from "../../api/event_holds.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";

/** An account that holds, or one that is blocked and holds no more. */
type Row = Pick<HoldingAccount, "user_id" | "blocked_until"> & Partial<HoldingAccount>;

/** So many characters tell accounts apart. */
const SHOWN_CHARS = 8;

/** What an account is called where its number is too long. */
export function shortId(userId: string): string {
  return userId.slice(0, SHOWN_CHARS);
}

/** Accounts with what they hold and let lapse, the most first, then blocked ones that hold nothing. */
export function AccountsTable({ holds, timeZone, actions }: {
  /** `undefined`: not known yet. */
  holds: UnpaidHolds | undefined;
  timeZone: string;
  /** `undefined`: the organiser only reads. */
  actions: { busy: boolean; ask(userId: string): void; undo(userId: string): void } | undefined;
}) {
  const { eventHolds: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  const columns: Column<Row>[] = [
    {
      key: "who",
      head: texts.account,
      isHead: true,
      cell: ({ user_id: id }) => <code>{shortId(id)}</code>,
    },
    {
      key: "held",
      head: texts.holdsNow,
      isNumber: true,
      cell: ({ held }) => number(held?.tickets ?? 0),
    },
    {
      key: "hour",
      head: texts.lapsedHour,
      isNumber: true,
      cell: ({ last_hour: hour }) => number(hour?.lapsed.tickets ?? 0),
    },
    {
      key: "day",
      head: texts.lapsedDay,
      isNumber: true,
      cell: ({ last_day: day }) => number(day?.lapsed.tickets ?? 0),
    },
    {
      key: "paid",
      head: texts.paidDay,
      isNumber: true,
      cell: ({ last_day: day }) => number(day?.paid.tickets ?? 0),
    },
    {
      key: "state",
      head: texts.state,
      cell: ({ blocked_until: until }) => {
        if (until === undefined) return texts.mayReserve;
        const { short, time } = when(until, timeZone);
        return texts.blockedUntil(`${short}, ${time}`);
      },
    },
  ];
  if (actions) {
    columns.push({
      key: "do",
      head: texts.action,
      cell: ({ user_id: id, blocked_until: until }) => (
        <button
          className="btn btn--second"
          type="button"
          aria-disabled={actions.busy}
          aria-label={(until === undefined ? texts.blockOne : texts.unblockOne)(shortId(id))}
          onClick={() => until === undefined ? actions.ask(id) : actions.undo(id)}
        >
          {until === undefined ? texts.block : texts.unblock}
        </button>
      ),
    });
  }
  return (
    <Table
      caption={texts.accounts}
      columns={columns}
      rows={holds && rowsOf(holds)}
      keyOf={({ user_id }) => user_id}
    />
  );
}

function rowsOf({ accounts, blocks }: UnpaidHolds): Row[] {
  const listed = new Set(accounts.map(({ user_id }) => user_id));
  return [...accounts, ...blocks.filter(({ user_id }) => !listed.has(user_id))];
}
