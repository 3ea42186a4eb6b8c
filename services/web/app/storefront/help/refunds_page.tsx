import { useMessages } from "../../messages/use_messages.ts";
import { HelpPage } from "./help_page.tsx";

/** What comes back when, and by which rules. */
export function RefundsPage() {
  const { help: { refunds } } = useMessages();
  const { table } = refunds;
  return (
    <HelpPage
      path="/help/refunds"
      {...refunds}
      before={
        <table className="help-table">
          <caption>{refunds.tableTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{table.when}</th>
              <th scope="col">{table.back}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([when, back]) => (
              <tr key={when}>
                <th scope="row">{when}</th>
                <td>{back}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
