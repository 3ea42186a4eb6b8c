import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { profileQuery } from "../../api/account.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { useUser } from "../../session/use_user.ts";
import { useApp } from "../../use_app.ts";
import { VerifyNote } from "../recovery/verify_note.tsx";
import { LogOuts } from "./log_outs.tsx";
import { PersonalData } from "./personal_data.tsx";
import { ProfileForm } from "./profile_form.tsx";
import { ThemeSwitch } from "./theme_switch.tsx";

/** Who one is, how pages look, and the way out. */
export function AccountPage() {
  const { api } = useApp();
  const { account } = useMessages();
  const user = useUser();
  const { data: profile } = useQuery({
    ...profileQuery(api, user?.userId ?? ""),
    enabled: user !== undefined,
  });
  return (
    <div className="page account">
      <Head title={account.title} noindex />
      <h1 className="title">{account.title}</h1>
      <p>
        <Link to="/account/bookings">{account.bookings}</Link>
      </p>
      <section className="stack" aria-labelledby="profile-title">
        <h2 id="profile-title">{account.profile}</h2>
        {profile && !profile.email_verified ? <VerifyNote email={profile.email} /> : null}
        {profile ? <ProfileForm profile={profile} /> : <div className="skeleton account__wait" />}
      </section>
      <div className="stack account__rest">
        <ThemeSwitch />
        <LogOuts />
        <PersonalData />
      </div>
    </div>
  );
}
