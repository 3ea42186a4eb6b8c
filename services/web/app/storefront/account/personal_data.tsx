import { exportAccount } from "../../api/account.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { OwnData } from "../../parts/own_data.tsx";
import { useApp } from "../../use_app.ts";
import { CloseAccount } from "./close_account.tsx";

/** A copy of all that the platform has of the reader, and the end of it. */
export function PersonalData() {
  const { api } = useApp();
  const { account } = useMessages();
  return (
    <section className="stack" aria-labelledby="data-title">
      <h2 id="data-title">{account.data}</h2>
      <OwnData
        texts={account}
        fileName="evently.json"
        read={() => exportAccount(api)}
        closing={(onKeep) => <CloseAccount onKeep={onKeep} />}
      />
    </section>
  );
}
