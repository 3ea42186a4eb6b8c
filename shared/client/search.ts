// Generated from the OpenAPI documents by `deno task client`. Do not edit.
// deno-lint-ignore-file
// deno-fmt-ignore-file

export interface paths {
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search events
         * @description Finds events by text, place, date, price and type; misspelt words are corrected. Without dates, only events that have not begun are found. Each facet ignores its own filter.
         */
        get: operations["searchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List available filters
         * @description Cities, types and the price range of events on sale.
         */
        get: operations["listFilters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest completions of a query
         * @description Names of events and venues that begin with the words typed so far.
         */
        get: operations["suggestEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/trending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List trending events
         * @description The events on sale with the most bookings and views in the last 24 hours. If they are few, the events that begin soonest follow.
         */
        get: operations["listTrendingEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that searches are answered from a whole index
         * @description 503 while the index is built or its engine does not answer.
         */
        get: operations["checkSearchReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the process is alive
         * @description Answers without asking any store.
         */
        get: operations["checkLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/search/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Index an event
         * @description Kept for callers of the former system.
         */
        post: operations["indexEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/search/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an event from the index
         * @description Kept for callers of the former system.
         */
        delete: operations["removeIndexedEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/search/resync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of the index
         * @description Position in the change feed and the engine.
         */
        get: operations["getResync"];
        put?: never;
        /**
         * Synchronise the index
         * @description With `force_reindex` it is rebuilt from the start.
         */
        post: operations["startResync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/search/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record views of events
         * @description Counts per event; they rank trending events.
         */
        post: operations["recordViews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            /** @enum {string} */
            code: "VALIDATION_FAILED" | "INVALID_JSON" | "INVALID_HOST" | "UNAUTHORIZED" | "FORBIDDEN" | "INVALID_API_KEY" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "REQUEST_TIMEOUT" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL" | "UNAVAILABLE" | "EMAIL_TAKEN" | "BAD_CREDENTIALS" | "WRONG_PASSWORD" | "ACCOUNT_HAS_TICKETS" | "BAD_REFRESH_TOKEN" | "BAD_ACCOUNT_LINK" | "REGISTRATION_CLOSED" | "USER_NOT_FOUND" | "EVENT_NOT_FOUND" | "EVENT_NOT_BOOKABLE" | "EVENT_STATE_CONFLICT" | "CAPACITY_BELOW_SOLD" | "STALE_VERSION" | "POOL_NOT_FOUND" | "POOL_IN_USE" | "TICKET_TYPE_NOT_FOUND" | "LAST_TICKET_TYPE" | "OFFER_FULL" | "VENUE_NOT_FOUND" | "UNKNOWN_VENUE" | "VENUE_IN_USE" | "NOT_ENOUGH_SEATS" | "ORGANISATION_NOT_FOUND" | "MEMBER_NOT_FOUND" | "LAST_OWNER" | "ACCOUNT_HAS_EVENTS" | "LAST_SUPER_ADMIN" | "ALREADY_MEMBER" | "ORGANISATION_FULL" | "INVITATION_NOT_FOUND" | "BAD_INVITATION" | "INVITATION_FOR_ANOTHER" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_LIMIT_REACHED" | "WEBHOOK_PAUSED" | "DELIVERY_NOT_FOUND" | "EVENT_UNKNOWN" | "TOO_MANY_TICKETS" | "TICKET_TYPE_NOT_ON_SALE" | "MIN_QUANTITY" | "BUYER_LIMIT_REACHED" | "RESERVATIONS_BLOCKED" | "BLOCKS_FULL" | "IDEMPOTENCY_KEY_REUSED" | "PAYMENT_PROVIDER_NOT_FOUND" | "WEBHOOK_FORGED" | "RESERVATION_EXPIRED" | "BOOKING_NOT_FOUND" | "BOOKING_NOT_YOURS" | "BOOKING_STATE_CONFLICT" | "REFUND_TOO_LARGE" | "PAYMENT_NOT_FOUND" | "PAYMENT_DECLINED" | "PAYMENT_IN_PROGRESS" | "SEATS_AVAILABLE" | "WAITLIST_CLOSED" | "NOT_ON_WAITLIST" | "NO_OPEN_OFFER" | "WAITLIST_STATE_CONFLICT";
            details?: {
                message: string;
                path: string;
            }[];
            error: string;
            request_id: string;
        };
        IndexRequest: {
            change?: number;
            event: {
                available_later?: {
                    available_seats: number;
                    from: string;
                }[] | null;
                available_seats: number;
                base_price: number;
                /** @default INR */
                currency: string;
                description?: string | null;
                /** Format: date-time */
                end_datetime: string;
                /** Format: uuid */
                event_id: string;
                event_type: string;
                /** Format: uri */
                image_url?: string | null;
                latitude?: number | null;
                longitude?: number | null;
                name: string;
                organiser_name?: string | null;
                prices?: number[] | null;
                seats_taken?: number | null;
                /** Format: date-time */
                start_datetime: string;
                /** @enum {string} */
                status: "draft" | "published" | "sold_out" | "cancelled";
                timezone?: string | null;
                total_capacity?: number | null;
                /** Format: date-time */
                updated_at: string;
                venue_address?: string | null;
                venue_city: string;
                venue_name: string;
                version: number;
            };
        };
        PriceRange: {
            currency: string;
            max: number;
            min: number;
        };
        SearchResponse: {
            events: components["schemas"]["SearchResult"][];
            facets: {
                cities: {
                    count: number;
                    value: string;
                }[];
                currencies: {
                    count: number;
                    value: string;
                }[];
                event_types: {
                    count: number;
                    value: string;
                }[];
                months: {
                    count: number;
                    value: string;
                }[];
                price_range: components["schemas"]["PriceRange"];
                prices: {
                    count: number;
                    from: number;
                    to?: number;
                }[];
            };
            limit: number;
            next_cursor?: string;
            page: number;
            query_time: string;
            results: components["schemas"]["SearchResult"][];
            total: number;
        };
        SearchResult: {
            available_seats: number;
            base_price: number;
            currency: string;
            description?: string;
            distance_km?: number;
            /** Format: date-time */
            end_datetime: string;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: uri */
            image_url?: string;
            latitude?: number;
            longitude?: number;
            name: string;
            on_sale: boolean;
            organiser_name?: string;
            price_max: number;
            price_min: number;
            /** Format: date-time */
            sales_start?: string;
            score: number;
            /** Format: date-time */
            start_datetime: string;
            /**
             * @description `soon`: the sale begins at `sales_start`. `ended`: the event has begun
             * @enum {string}
             */
            state: "on_sale" | "soon" | "sold_out" | "ended";
            status: string;
            timezone: string;
            total_capacity?: number;
            venue_address?: string;
            venue_city: string;
            venue_name: string;
        };
        ViewsRequest: {
            views: {
                /** Format: uuid */
                event_id: string;
                views: number;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    searchEvents: {
        parameters: {
            query?: {
                available?: boolean;
                city?: string;
                /** @description Of `min_price`, `max_price`, `sort=price` and the facets of prices. Default: the one of most events */
                currency?: string;
                cursor?: string;
                date_from?: string;
                date_to?: string;
                lat?: number;
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                lon?: number;
                max_price?: number;
                min_price?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                q?: string;
                radius_km?: number;
                sort?: "relevance" | "date" | "price" | "distance" | "popularity";
                status?: "published" | "sold_out";
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listFilters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cities: string[];
                        event_types: string[];
                        price_range: components["schemas"]["PriceRange"];
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    suggestEvents: {
        parameters: {
            query: {
                /** @description Taken into 1 to 20, never refused for being out of it */
                limit?: number;
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        suggestions: string[];
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listTrendingEvents: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 50, never refused for being out of it */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["SearchResult"][];
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    checkSearchReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        answered_by?: "embedded" | "elasticsearch";
                        /** @enum {string} */
                        elasticsearch: "connected" | "disconnected" | "embedded";
                        reason?: string;
                        /** @enum {string} */
                        redis: "connected" | "refusing" | "disconnected";
                        service: string;
                        /** @enum {string} */
                        status: "ready" | "degraded" | "filling" | "unavailable";
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The index is being filled, or its engine does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        answered_by?: "embedded" | "elasticsearch";
                        /** @enum {string} */
                        elasticsearch: "connected" | "disconnected" | "embedded";
                        reason?: string;
                        /** @enum {string} */
                        redis: "connected" | "refusing" | "disconnected";
                        service: string;
                        /** @enum {string} */
                        status: "ready" | "degraded" | "filling" | "unavailable";
                    };
                };
            };
        };
    };
    checkLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        service: string;
                        status: string;
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    indexEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IndexRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        event_id: string;
                        /** @enum {string} */
                        status: "indexed";
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeIndexedEvent: {
        parameters: {
            query?: {
                change?: number;
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        event_id: string;
                        /** @enum {string} */
                        status: "deleted";
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getResync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events_indexed: number;
                        last: number;
                        position: number;
                        refused: number;
                        refused_events: string[];
                        running: boolean;
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startResync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    force_reindex?: boolean;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events_indexed: number;
                        message: string;
                        time_taken: string;
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewsRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "counted";
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
