import type { components } from "@evently/shared/client/gateway";
import type { Language } from "@evently/shared/languages";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "./client.ts";

export type Profile = components["schemas"]["Profile"];

/** The account of the reader. */
export function profileQuery(api: Api, userId: string) {
  return queryOptions({
    queryKey: ["profile", userId],
    queryFn: () => unwrap(api.GET("/api/user/users/profile")),
  });
}

/** Changes the name, the phone number and the language of mails; an empty number is removed. */
export function updateProfile(
  api: Api,
  { name, phone, language }: { name: string; phone: string; language: Language },
): Promise<Profile> {
  return unwrap(
    api.PUT("/api/user/users/profile", { body: { name, phone_number: phone, language } }),
  );
}

/** Ends every log-in of the reader; other devices notice it when they renew their access, within minutes. */
export function endAllSessions(api: Api): Promise<unknown> {
  return unwrap(api.POST("/api/user/auth/logout-all"));
}

/** All that the platform has of the reader. */
export function exportAccount(api: Api): Promise<unknown> {
  return unwrap(api.GET("/api/user/users/export"));
}

/** Deletes the account of the reader; paid tickets are in the way unless they are given up. */
export function closeAccount(
  api: Api,
  { password, giveUp }: { password: string; giveUp: boolean },
): Promise<unknown> {
  return unwrap(
    api.DELETE("/api/user/users/account", { body: { password, give_up_tickets: giveUp } }),
  );
}
