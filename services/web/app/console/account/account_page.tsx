import { OwnData } from "../../parts/own_data.tsx";
import { exportAccount } from "../api/account.ts";
import { PageHead } from "../parts/page_head.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { CloseAccount } from "./close_account.tsx";

/** A copy of all that the platform has of the organiser, and the end of their account. */
export function AccountPage() {
  const { api } = useConsole();
  const { account: texts } = useConsoleMessages();
  return (
    <div className="stack">
      <PageHead title={texts.title} />
      <p className="measure">{texts.lead}</p>
      <OwnData
        texts={texts}
        fileName="evently-organiser.json"
        read={() => exportAccount(api)}
        closing={(onKeep) => <CloseAccount onKeep={onKeep} />}
      />
    </div>
  );
}
