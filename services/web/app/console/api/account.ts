import { type Api, unwrap } from "../../api/client.ts";

/** All that the platform has of the organiser. */
export function exportAccount(api: Api): Promise<unknown> {
  return unwrap(api.GET("/api/event/auth/admin/export"));
}

/** Deletes the account of the organiser. */
export async function closeAccount(
  api: Api,
  { password }: { password: string },
): Promise<void> {
  await unwrap(api.DELETE("/api/event/auth/admin/account", { body: { password } }));
}
