import type { components } from "@evently/shared/client/gateway";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapOrNull } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type Webhook = components["schemas"]["Webhook"];
export type WebhookWithSecret = components["schemas"]["WebhookWithSecret"];
export type WebhookDelivery = components["schemas"]["WebhookDelivery"];
export type NewWebhook = components["schemas"]["CreateWebhookRequest"];
/** What a webhook may tell. */
export type Topic = NewWebhook["topics"][number];

/** A webhook, and the organiser who looks at it. */
export interface WebhookScope {
  adminId: string;
  webhookId: string;
}

/** Webhooks of one page; an organiser has ten at most, a super admin sees those of all. */
export const PAGE_SIZE = 20;
const POLL_MS = 3_000;

/** Begins the keys of all that is read of webhooks. */
export function webhooksKey(adminId: string) {
  return [CONSOLE_KEY, adminId, "webhooks"] as const;
}

/** A page of webhooks, newest first. */
export function webhooksQuery(api: Api, { adminId, page }: { adminId: string; page: number }) {
  return queryOptions({
    queryKey: [...webhooksKey(adminId), "list", page],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/webhooks", {
        params: { query: { page, limit: PAGE_SIZE } },
      })),
    placeholderData: keepPreviousData,
  });
}

/** One webhook; `null` where there is none that this organiser may see. */
export function webhookQuery(api: Api, { adminId, webhookId }: WebhookScope) {
  return queryOptions({
    queryKey: [...webhooksKey(adminId), "one", webhookId],
    queryFn: () =>
      unwrapOrNull(api.GET("/api/event/admin/webhooks/{id}", {
        params: { path: { id: webhookId } },
      })),
    refetchInterval: POLL_MS,
  });
}

/** A page of a webhook's deliveries, newest first. */
export function deliveriesQuery(
  api: Api,
  { adminId, webhookId, page }: WebhookScope & { page: number },
) {
  return queryOptions({
    queryKey: [...webhooksKey(adminId), "deliveries", webhookId, page],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/webhooks/{id}/deliveries", {
        params: { path: { id: webhookId }, query: { page, limit: PAGE_SIZE } },
      })),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

/** Makes a webhook. The answer has its secret, which nobody is told again. */
export function createWebhook(api: Api, body: NewWebhook): Promise<WebhookWithSecret> {
  return unwrap(api.POST("/api/event/admin/webhooks", { body }));
}

/** Gives a webhook a new secret, which nobody is told again. */
export function requestNewSecret(api: Api, id: string): Promise<WebhookWithSecret> {
  return unwrap(api.POST("/api/event/admin/webhooks/{id}/rotate-secret", paramsOf(id)));
}

/** Sends a test message. */
export async function pingWebhook(api: Api, id: string): Promise<void> {
  await unwrap(api.POST("/api/event/admin/webhooks/{id}/ping", paramsOf(id)));
}

/** Pauses a webhook, or lets it go on. */
export async function setWebhookStatus(
  api: Api,
  id: string,
  { status }: { status: Webhook["status"] },
): Promise<void> {
  await unwrap(api.PUT("/api/event/admin/webhooks/{id}", { ...paramsOf(id), body: { status } }));
}

/** Deletes a webhook. */
export async function deleteWebhook(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE("/api/event/admin/webhooks/{id}", paramsOf(id)));
}

/** Sends a delivery again, at once. */
export async function retryDelivery(
  api: Api,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
): Promise<void> {
  const params = { path: { id: webhookId, delivery_id: deliveryId } };
  await unwrap(
    api.POST("/api/event/admin/webhooks/{id}/deliveries/{delivery_id}/retry", { params }),
  );
}

function paramsOf(id: string) {
  return { params: { path: { id } } };
}
