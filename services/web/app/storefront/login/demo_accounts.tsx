import { useApp } from "../../use_app.ts";
import { useMessages } from "../../messages/use_messages.ts";

/** Buyers of the seeded platform. WARNING: production is not seeded, and has none of them. */
const BUYERS = ["user1@example.com", "user2@example.com"];
const PASSWORD = "11111111";

/** In development: buttons that log a seeded account in. */
export function DemoAccounts({ accounts = BUYERS, busy, logIn }: {
  accounts?: readonly string[];
  busy: boolean;
  logIn: (account: { email: string; password: string }) => Promise<void>;
}) {
  const { development } = useApp();
  const { login } = useMessages();
  if (!development) return null;
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{login.demo}</h2>
      <p className="soft small">{login.demoHint}</p>
      <div className="chips">
        {accounts.map((email) => (
          <button
            key={email}
            className="chip"
            type="button"
            disabled={busy}
            onClick={() => logIn({ email, password: PASSWORD })}
          >
            {email}
          </button>
        ))}
      </div>
    </section>
  );
}
