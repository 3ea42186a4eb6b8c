// Generated from the OpenAPI documents by `deno task client`. Do not edit.
// deno-lint-ignore-file
// deno-fmt-ignore-file

export interface paths {
    "/api/v1/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a booking
         * @description Only its buyer may read it.
         */
        get: operations["getBooking"];
        put?: never;
        post?: never;
        /**
         * Cancel a booking
         * @description The refund depends on the time until the start: by the terms of the sale, or by the event's present terms if they are better. A booking cannot be cancelled after its event has ended.
         */
        delete: operations["cancelBooking"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/expire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up a reservation before its hold ends
         * @description Only pending reservations can be given up; their seats are free at once.
         */
        post: operations["expireReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend a reservation once
         * @description The new end leaves a payment one minute, and is never after the event's end.
         */
        post: operations["extendReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/check-availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether seats can be booked
         * @description The answer is at most one second old. It promises nothing: only a reservation holds seats.
         */
        get: operations["checkAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a reservation with a payment
         * @description Pays for a reservation; a free one needs no payment. Can be repeated: while a payment is under way the answer is 503 `PAYMENT_IN_PROGRESS`, and the token that confirmed the booking gets the same answer again. After 202 the buyer follows `next_action`, then the client repeats the request; with `processing` the provider tells later how the payment ended, and the client may repeat the request to ask.
         *
         *     The mock provider moves no money, and its `payment_token` decides what happens: `tok_declined` is declined (402); `tok_action` asks the buyer (202 with `use_sdk`), who answers by `POST /payments/mock/answer`; the answer of `tok_late` is late (503 `PAYMENT_IN_PROGRESS`), and the booking is confirmed within a minute; `tok_timeout` is not answered at first; `tok_processing` is paid when asked about again (202); `tok_captured` is paid without a reservation of the money; any other token pays.
         */
        post: operations["confirmReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/reserve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reserve seats for a few minutes
         * @description Holds seats for a few minutes: a quantity of the event's default ticket type, or an order of up to ten lines, which is held whole or not at all. Idempotent by user, event and idempotency key: a replay returns the same reservation with its present `status`, and does not count towards the rate limit.
         */
        post: operations["reserveSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/user/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your bookings, newest first
         * @description `userId` must be the caller. With `status`, those that have it now.
         */
        get: operations["listUserBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch your bookings, payments and places in line
         * @description Server-sent events: `state` at once and after each change, at most four a second, each with the whole state. With `Last-Event-ID` the first is left out where nothing has changed. The stream ends with the token, after the message `token_expired`; after an hour at the latest; or as its reader is too slow. Open it anew then.
         */
        get: operations["watchOwnBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/mock/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer the bank of the mock provider
         * @description For a payment that waits for its buyer: with the `client_secret` of `next_action`. Then the client confirms again with the same token. The first answer counts, and is what is answered. Exists with the mock provider only.
         */
        post: operations["answerMockBank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/webhooks/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a webhook of the payment provider
         * @description Called by the provider, whose signature it must bear. The body is read as it came. 200 means that the event is stored, and that it need not be sent again.
         */
        post: operations["takePaymentWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a ticket by its code
         * @description The code is a secret that admits its holder: treat the address like a password. A client that prefers `text/html` is sent to the page of the ticket, `/tickets/{code}`.
         */
        get: operations["getTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Wait for fewer tickets
         * @description Lowers `quantity`, or the `min_quantity` that is enough; the place in line stays. To wait for more, leave and join again.
         */
        patch: operations["changeWaitlistEntry"];
        trace?: never;
    };
    "/api/v1/waitlist/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline your offer
         * @description Its seats go to the next in line. Declining a full offer ends the entry; a `partial` or `last` one costs no place, and after a `partial` one the entry waits for all of its quantity.
         */
        post: operations["declineOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlist/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join the waitlist of an event
         * @description Possible while the tickets that are wanted cannot be bought. Waits for a quantity of one ticket type, or of the first of several that can be had. An offer is of all that is wanted unless fewer are welcome: as few as `min_quantity`, or as one with `fewer_welcome`. Joining again returns the entry as it is.
         */
        post: operations["joinWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlist/leave": {
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
         * Leave the waitlist of an event
         * @description An open offer ends with it. The event is named in the body or the query.
         */
        delete: operations["leaveWaitlist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlist/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get your position on the waitlist of an event
         * @description While the status is `offered`, only you can buy the seats of `offer`: confirm `reservation_id` before `expires_at`. Otherwise `why` tells why there is no offer, and `estimated_minutes` how long it takes at the pace of the last offers.
         */
        get: operations["getWaitlistPosition"];
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
         * Check that the booking service can serve
         * @description 503 while its database does not answer; `degraded` while Redis refuses commands.
         */
        get: operations["checkBookingReadiness"];
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
    "/internal/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a booking of any user
         * @description For other services.
         */
        get: operations["getBookingInternal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/bookings/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List recent booking activity by event
         * @description Feeds trending events.
         */
        get: operations["listBookingActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/bookings/expire-reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Expire reservations whose hold has ended
         * @description A bounded batch; the answer says how many were found and ended.
         */
        post: operations["expireReservations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/bookings/force-expire-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Expire every pending reservation
         * @description For tests and emergencies; payments under way are left alone.
         */
        post: operations["forceExpireAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the bookings of an event
         * @description Newest first, with their buyers. `q` is part of a reference, a name or an e-mail.
         */
        get: operations["listEventBookingsInternal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/bookings/{booking_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a booking of an event
         * @description With its buyer, payments and refunds.
         */
        get: operations["getEventBookingInternal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/bookings/{booking_id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a part of a booking
         * @description For the event service, which knows who may. Idempotent by key: the same key gives the same refund.
         */
        post: operations["refundBookingInternal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/bookings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the bookings of an event in pages
         * @description Oldest first. A page may be empty and not the last: that has no `next`.
         */
        get: operations["exportEventBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/cancel-bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel the bookings of a cancelled event
         * @description A bounded batch; the caller repeats until `remaining` is 0.
         */
        post: operations["cancelEventBookings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what a cancellation of an event would cancel and refund
         * @description As of now; it changes nothing.
         */
        get: operations["previewCancellation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the unpaid reservations of an event
         * @description Open ones, those of the last hour and day that were paid or lapsed, the few accounts with the most, and who is blocked. Of a day the latest 50,000 count; offers of the waitlist do not.
         */
        get: operations["getUnpaidHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/holds/blocks/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Refuse reservations of an event by a user for a time
         * @description Ends their open reservations that nobody is paying, and their place on the waitlist. Idempotent.
         */
        put: operations["blockBuyer"];
        post?: never;
        /**
         * Let a user reserve tickets of an event again
         * @description Idempotent.
         */
        delete: operations["unblockBuyer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/moved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell buyers that an event moved
         * @description A bounded batch of mails; the caller repeats until it is done. Idempotent by `change_id`.
         */
        post: operations["tellMovedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the bookings and refunds of an event
         * @description Progress of a cancelled event.
         */
        get: operations["countRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/takings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the takings of an event
         * @description Gross, refunded and net amounts from the booking database.
         */
        get: operations["getTakings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/waitlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who waits for an event
         * @description Entries that wait or have an open offer, by place in line, with their buyers.
         */
        get: operations["listWaitlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/waitlist/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the offers of an event
         * @description Idempotent; also before anybody waits.
         */
        post: operations["pauseWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/waitlist/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume the offers of an event
         * @description Idempotent.
         */
        post: operations["resumeWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the sales of events over time
         * @description Steps begin at `bounds`, of which the last is the end. With `by_type` those of one event by its types, too. Steps without sales are absent.
         */
        post: operations["countSales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/users/{id}/forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all that a user has open
         * @description Leaves waitlists, lets holds go and cancels what was paid, by the terms of its sale. Idempotent; call it again while something remains.
         */
        post: operations["forgetPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/users/{id}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a user has open, and their waitlists
         * @description For the user service: what stands in the way of closing an account, and exports.
         */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/waitlist/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count who waits for events
         * @description Events for which nobody waits are absent.
         */
        post: operations["countWaiting"];
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
        ActionRequired: {
            next_action: {
                /** @enum {string} */
                type: "redirect";
                url: string;
            } | {
                client_secret: string;
                /** @enum {string} */
                type: "use_sdk";
            };
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "requires_action";
        };
        AvailabilityCheck: {
            available: boolean;
            available_seats: number;
            base_price: number;
            currency: string;
            max_per_booking: number;
            /** @description How many wait for tickets of the event, a few seconds old; only where none are left */
            waiting?: number;
        };
        Booking: {
            /** Format: date-time */
            booked_at: string;
            /** Format: uuid */
            booking_id: string;
            booking_reference: string;
            /** Format: date-time */
            confirmed_at?: string;
            currency: string;
            datetime: string;
            event: {
                datetime: string | "";
                /** Format: date-time */
                end_datetime?: string;
                event_type?: string;
                /** Format: uri */
                image_url?: string;
                latitude?: number;
                longitude?: number;
                name: string;
                organiser_name?: string;
                /** @enum {string} */
                status?: "draft" | "published" | "sold_out" | "cancelled";
                timezone?: string;
                venue: string;
                venue_address?: string;
                venue_city?: string;
                venue_country?: string;
                venue_postal_code?: string;
                venue_state?: string;
            };
            /** Format: uuid */
            event_id: string;
            event_name: string;
            event_type?: string;
            /** Format: date-time */
            expires_at?: string;
            /** @description What was bought, as it was then */
            lines: {
                name: string;
                quantity: number;
                /** Format: uuid */
                ticket_type_id: string;
                total: number;
                unit_price: number;
            }[];
            /**
             * @description The provider tells later how the payment ended, also after the hold
             * @enum {boolean}
             */
            payment_processing?: true;
            /** @enum {string} */
            payment_status: "pending" | "completed" | "failed" | "refunded";
            quantity: number;
            /** @description The sum of all `refunds` */
            refund_amount?: number;
            /** @description The refund if a paid booking is cancelled now, and the percentage after `until`. A lower bound: better terms of the event count when it is cancelled. Absent if the booking cannot be cancelled. */
            refund_if_cancelled_now?: {
                amount: number;
                next_percent?: number;
                percent: number;
                /** Format: date-time */
                until?: string;
            };
            /** @description The refund in percent by hours before the start, at the time of the sale */
            refund_policy: {
                hours_before: number;
                percent: number;
            }[];
            /** @description The sum of the `refunds` that are done */
            refunded_amount: number;
            /** @description Oldest first */
            refunds: components["schemas"]["Refund"][];
            /**
             * Format: date-time
             * @description The start of the event at the time of the sale
             */
            sold_with_start: string;
            /** @enum {string} */
            status: "pending" | "confirmed" | "cancelled" | "expired";
            ticket_url?: string;
            timezone?: string;
            total_amount: number;
            venue: string;
        };
        BookingList: {
            bookings: components["schemas"]["Booking"][];
            limit: number;
            page: number;
            total: number;
            total_pages: number;
        };
        Cancellation: {
            currency: string;
            /** @enum {string} */
            message: "Booking cancelled successfully";
            refund_amount: number;
            /** @enum {string} */
            refund_status: "processed" | "none";
        };
        ChangeWaitlistEntryRequest: {
            /** Format: uuid */
            event_id: string;
            min_quantity?: number | null;
            quantity?: number | null;
        };
        Confirmation: {
            /** Format: uuid */
            booking_id: string;
            booking_reference: string;
            payment: {
                amount: number;
                currency: string;
                /** @enum {string} */
                status: "completed";
                transaction_id: string;
            };
            /** @description The refund if a paid booking is cancelled now, and the percentage after `until`. A lower bound: better terms of the event count when it is cancelled. Absent if the booking cannot be cancelled. */
            refund_if_cancelled_now?: {
                amount: number;
                next_percent?: number;
                percent: number;
                /** Format: date-time */
                until?: string;
            };
            /** @description The refund in percent by hours before the start, at the time of the sale */
            refund_policy: {
                hours_before: number;
                percent: number;
            }[];
            /**
             * Format: date-time
             * @description The start of the event at the time of the sale
             */
            sold_with_start: string;
            /** @enum {string} */
            status: "confirmed";
            ticket_url: string;
        };
        ConfirmRequest: {
            payment_method?: string | null;
            payment_token?: string | null;
            /** Format: uuid */
            reservation_id: string;
        };
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
        EventBooking: {
            /** Format: date-time */
            booked_at: string;
            /** Format: uuid */
            booking_id: string;
            booking_reference: string;
            buyer_email?: string;
            buyer_name?: string;
            /** Format: date-time */
            confirmed_at?: string;
            currency: string;
            /**
             * Format: date-time
             * @description Cancelled or expired
             */
            ended_at?: string;
            /**
             * Format: date-time
             * @description Of a pending one
             */
            expires_at?: string;
            /** @description What was bought, as it was then */
            lines: {
                name: string;
                quantity: number;
                /** Format: uuid */
                ticket_type_id: string;
                total: number;
                unit_price: number;
            }[];
            payment_status: string;
            quantity: number;
            /** @description Promised so far */
            refund_amount: number;
            /** @enum {string} */
            status: "pending" | "confirmed" | "cancelled" | "expired";
            total_amount: number;
            /** Format: uuid */
            user_id: string;
        };
        EventBookingDetail: components["schemas"]["EventBooking"] & {
            payments: {
                amount: number;
                /** Format: date-time */
                finished_at?: string;
                method: string;
                /** Format: uuid */
                payment_id: string;
                provider: string;
                /** Format: date-time */
                started_at: string;
                status: string;
                transaction_id?: string;
            }[];
            /** @description The most that a refund can be */
            refundable_amount: number;
            refunds: components["schemas"]["Refund"][];
        };
        Extension: {
            /** Format: date-time */
            expires_at: string;
        };
        Forgotten: {
            ended: number;
            /** @description To be tried again */
            remaining: number;
        };
        JoinWaitlistRequest: {
            /** Format: uuid */
            event_id: string;
            /** @description Fewer tickets than `quantity` are welcome, too: the same as a `min_quantity` of 1 */
            fewer_welcome?: boolean | null;
            min_quantity?: number | null;
            quantity: number;
            /** @description In order of preference. Absent: the event's default type */
            ticket_type_ids?: string[] | null;
        };
        LiveBooking: {
            /** Format: uuid */
            booking_id: string;
            booking_reference: string;
            /** Format: uuid */
            event_id: string;
            /** Format: date-time */
            expires_at?: string;
            /** @enum {string} */
            payment: "pending" | "requires_action" | "processing" | "declined" | "confirmed" | "cancelled" | "expired";
            /** @enum {string} */
            status: "pending" | "confirmed" | "cancelled" | "expired";
            ticket_url?: string;
        };
        LiveState: {
            /** @description Open holds, and what became of those of the last hours */
            bookings: components["schemas"]["LiveBooking"][];
            /**
             * Format: date-time
             * @description When this was so, to tell the time left until `expires_at`
             */
            server_time: string;
            /** @description Places in line and offers that are open */
            waitlist: components["schemas"]["LiveWaitlistPosition"][];
        };
        LiveWaitlistPosition: components["schemas"]["WaitlistPosition"] & {
            /** Format: uuid */
            event_id: string;
        };
        Message: {
            message: string;
        };
        MockBankAnswer: {
            /** @enum {string} */
            message: "Payment approved" | "Payment refused";
        };
        MockBankAnswerRequest: {
            /** @enum {string} */
            answer: "approve" | "refuse";
            client_secret: string;
        };
        MovedEventRequest: {
            address_before: string;
            /** Format: uuid */
            change_id: string;
            /** Format: date-time */
            start_after: string;
            /** Format: date-time */
            start_before: string;
            timezone_before: string;
            venue_before: string;
        };
        OfferDeclined: {
            /** @enum {string} */
            message: "Offer declined";
        };
        PaymentProcessing: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "processing";
        };
        Person: {
            /** @description Paid or being paid, of events that have not ended */
            open_tickets: number;
            waitlists: {
                /** Format: uuid */
                event_id: string;
                /** Format: date-time */
                joined_at: string;
                /** Format: date-time */
                offered_at?: string;
                quantity: number;
                status: string;
            }[];
        };
        Refund: {
            amount: number;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When the payment provider had made it
             */
            done_at?: string;
            /** @description Of the organiser */
            note?: string;
            /**
             * @description `cancelled`: by the buyer. `organiser`: a part that the organiser gave back
             * @enum {string}
             */
            reason: "cancelled" | "event_cancelled" | "organiser" | "late_payment" | "repair";
            /** Format: uuid */
            refund_id: string;
            /** @enum {string} */
            status: "pending" | "done";
        };
        Reservation: {
            /** @example EVT-7K3M9Q */
            booking_reference: string;
            currency: string;
            /** Format: date-time */
            expires_at: string;
            /** @description What was bought, as it was then */
            lines: {
                name: string;
                quantity: number;
                /** Format: uuid */
                ticket_type_id: string;
                total: number;
                unit_price: number;
            }[];
            /** @description The refund if a paid booking is cancelled now, and the percentage after `until`. A lower bound: better terms of the event count when it is cancelled. Absent if the booking cannot be cancelled. */
            refund_if_cancelled_now?: {
                amount: number;
                next_percent?: number;
                percent: number;
                /** Format: date-time */
                until?: string;
            };
            /** @description The refund in percent by hours before the start, at the time of the sale */
            refund_policy: {
                hours_before: number;
                percent: number;
            }[];
            /** Format: uuid */
            reservation_id: string;
            /**
             * Format: date-time
             * @description The start of the event at the time of the sale
             */
            sold_with_start: string;
            /** @enum {string} */
            status: "pending" | "confirmed" | "cancelled" | "expired";
            total_amount: number;
        };
        ReservationRefused: components["schemas"]["Error"] & {
            /**
             * Format: date-time
             * @description The organiser takes no reservations from this account before
             */
            blocked_until?: string;
            offer?: {
                /** Format: date-time */
                expires_at: string;
                quantity: number;
                /** Format: uuid */
                reservation_id: string;
                /** Format: uuid */
                ticket_type_id: string;
            };
            own_holds?: {
                booking_reference: string;
                /** Format: date-time */
                expires_at: string;
                quantity: number;
                /** Format: uuid */
                reservation_id: string;
            }[];
            /** @enum {string} */
            reason?: "seats" | "not_on_sale" | "min" | "max" | "buyer_limit" | "waitlist";
            /**
             * Format: uuid
             * @description The ticket type of the line that was refused
             */
            ticket_type_id?: string;
        };
        ReserveRequest: {
            /** Format: uuid */
            event_id: string;
            idempotency_key?: string | null;
            lines?: {
                quantity: number;
                /** Format: uuid */
                ticket_type_id: string;
            }[] | null;
            quantity?: number | null;
        };
        Ticket: {
            booking_reference: string;
            /** Format: date-time */
            confirmed_at?: string;
            currency: string;
            event: {
                datetime: string | "";
                /** Format: date-time */
                end_datetime?: string;
                event_type?: string;
                /** Format: uri */
                image_url?: string;
                latitude?: number;
                longitude?: number;
                name: string;
                organiser_name?: string;
                /** @enum {string} */
                status?: "draft" | "published" | "sold_out" | "cancelled";
                timezone?: string;
                venue: string;
                venue_address?: string;
                venue_city?: string;
                venue_country?: string;
                venue_postal_code?: string;
                venue_state?: string;
            };
            /** Format: uuid */
            event_id: string;
            /** @description Of the buyer's account; absent if it is not known just now */
            holder_name?: string;
            /** @description What was bought, as it was then */
            lines: {
                name: string;
                quantity: number;
                /** Format: uuid */
                ticket_type_id: string;
                total: number;
                unit_price: number;
            }[];
            quantity: number;
            /** @enum {string} */
            status: "valid" | "cancelled";
            total_amount: number;
        };
        WaitlistEntry: {
            /** @description Entries before this one, and the tickets that they want; roughly, in a long line */
            ahead: {
                entries: number;
                seats: number;
            };
            /**
             * @description Next in line, 5-15 minutes, 15-60 minutes or More than 1 hour
             * @example 5-15 minutes
             */
            estimated_wait: string;
            min_quantity: number;
            /** @description From 1; 0 for an entry that is not in line */
            position: number;
            quantity: number;
            /** @enum {string} */
            status: "waiting" | "offered" | "converted" | "expired";
            /** @description In order of preference */
            ticket_type_ids: string[];
            total_waiting: number;
            /** Format: uuid */
            waitlist_id: string;
        };
        WaitlistEventRequest: {
            /** Format: uuid */
            event_id: string;
        };
        WaitlistLeft: {
            /** @enum {string} */
            message: "Successfully removed from waitlist";
        };
        WaitlistPosition: {
            /** @description Entries before this one, and the tickets that they want; roughly, in a long line */
            ahead: {
                entries: number;
                seats: number;
            };
            estimated_minutes?: number;
            /**
             * @description Next in line, 5-15 minutes, 15-60 minutes or More than 1 hour
             * @example 5-15 minutes
             */
            estimated_wait: string;
            /** Format: date-time */
            expires_at?: string;
            min_quantity: number;
            offer?: {
                currency: string;
                /** Format: date-time */
                expires_at: string;
                /** @description All that came together in the time for it; declining it costs no place */
                last: boolean;
                /** @description Fewer than wanted; declining it costs no place */
                partial: boolean;
                quantity: number;
                /** Format: uuid */
                reservation_id: string;
                /** Format: uuid */
                ticket_type_id: string;
                total_amount: number;
            };
            /** Format: date-time */
            offered_at?: string;
            /** @description From 1; 0 for an entry that is not in line */
            position: number;
            quantity_requested: number;
            /** Format: uuid */
            reservation_id?: string;
            /** @enum {string} */
            status: "waiting" | "offered" | "converted" | "expired";
            /** @description In order of preference */
            ticket_type_ids: string[];
            total_waiting: number;
            /** Format: uuid */
            waitlist_id: string;
            why?: components["schemas"]["WaitlistWhy"];
        };
        /** @description Why there is no offer now */
        WaitlistWhy: {
            /** @enum {string} */
            code: "NOTHING_FREE" | "OTHERS_FIRST" | "GATHERING" | "BEHIND_A_GROUP" | "STANDING_BACK" | "NOT_ON_SALE" | "PAUSED" | "CLOSED";
            entries?: number;
            kept?: number;
            of?: number;
            passed?: number;
            /** @enum {string} */
            reason?: "event_over" | "starts_soon" | "types_ended" | "buyer_limit";
            seats?: number;
            /** Format: date-time */
            until?: string;
        };
        WebhookReceived: {
            /** @enum {boolean} */
            received: true;
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
    getBooking: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Booking"];
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
            /** @description Not found */
            404: {
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
    cancelBooking: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Cancellation"];
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
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
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
    expireReservation: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Message"];
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
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
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
    extendReservation: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Extension"];
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
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
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
    checkAvailability: {
        parameters: {
            query: {
                event_id: string;
                quantity: number;
                ticket_type_id?: string;
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
                    "application/json": components["schemas"]["AvailabilityCheck"];
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
            /** @description Not found */
            404: {
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
    confirmReservation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confirmation"];
                };
            };
            /** @description The buyer must act before the payment can proceed, or the provider tells later how it ended */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionRequired"] | components["schemas"]["PaymentProcessing"];
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
            /** @description The payment was declined */
            402: {
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
            /** @description The current state does not allow it */
            409: {
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
    reserveSeats: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReserveRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationRefused"];
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
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too few seats are left, or too many for one buyer */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReservationRefused"];
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
            /** @description The idempotency key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
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
    listUserBookings: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                status?: "pending" | "confirmed" | "cancelled" | "expired";
            };
            header?: never;
            path: {
                userId: string;
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
                    "application/json": components["schemas"]["BookingList"];
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
    watchOwnBookings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last message that the reader has */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages until somebody ends it; `data` of `state` has this form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveState"];
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
    answerMockBank: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MockBankAnswerRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MockBankAnswer"];
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
            /** @description Not found */
            404: {
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
    takePaymentWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
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
                    "application/json": components["schemas"]["WebhookReceived"];
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
            /** @description Not found */
            404: {
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
    getTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
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
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description The page of the ticket is at `Location` */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description Not found */
            404: {
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
    changeWaitlistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeWaitlistEntryRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistEntry"];
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
            /** @description Not found */
            404: {
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
            /** @description The current state does not allow it */
            409: {
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
    declineOffer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitlistEventRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferDeclined"];
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
            /** @description Not found */
            404: {
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
            /** @description The current state does not allow it */
            409: {
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
    joinWaitlist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinWaitlistRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistEntry"];
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
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
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
    leaveWaitlist: {
        parameters: {
            query?: {
                event_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    event_id?: string;
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
                    "application/json": components["schemas"]["WaitlistLeft"];
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
            /** @description Not found */
            404: {
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
            /** @description The current state does not allow it */
            409: {
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
    getWaitlistPosition: {
        parameters: {
            query: {
                event_id: string;
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
                    "application/json": components["schemas"]["WaitlistPosition"];
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
            /** @description Not found */
            404: {
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
    checkBookingReadiness: {
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
                        database: "connected";
                        /** @enum {string} */
                        redis: "connected" | "refusing";
                        /** @enum {string} */
                        status: "ready" | "degraded";
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
                        /** @enum {string} */
                        status: "healthy";
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
    getBookingInternal: {
        parameters: {
            query?: never;
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
                        /** Format: date-time */
                        booked_at: string;
                        /** Format: uuid */
                        booking_id: string;
                        booking_reference: string;
                        /** Format: date-time */
                        confirmed_at?: string;
                        currency: string;
                        /** Format: uuid */
                        event_id: string;
                        /** @enum {string} */
                        payment_status: "pending" | "completed" | "failed" | "refunded";
                        quantity: number;
                        /** @enum {string} */
                        status: "pending" | "confirmed" | "cancelled" | "expired";
                        total_amount: number;
                        /** Format: uuid */
                        user_id: string;
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
            /** @description Not found */
            404: {
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
    listBookingActivity: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
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
                        events: {
                            bookings: number;
                            /** Format: uuid */
                            event_id: string;
                        }[];
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
    expireReservations: {
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
                        processed: number;
                        total: number;
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
    forceExpireAll: {
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
                        message: string;
                        processed: number;
                        total: number;
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
    listEventBookingsInternal: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                q?: string;
                status?: "pending" | "confirmed" | "cancelled" | "expired";
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
                        bookings: components["schemas"]["EventBooking"][];
                        total: number;
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
    getEventBookingInternal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
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
                    "application/json": components["schemas"]["EventBookingDetail"];
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
            /** @description Not found */
            404: {
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
    refundBookingInternal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount: number;
                    idempotency_key: string;
                    note?: string | null;
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
                    "application/json": components["schemas"]["Refund"] & {
                        /** Format: uuid */
                        booking_id: string;
                        booking_reference: string;
                        currency: string;
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
            /** @description Not found */
            404: {
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
            /** @description The current state does not allow it */
            409: {
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
            /** @description The idempotency key was used for another request */
            422: {
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
    exportEventBookings: {
        parameters: {
            query?: {
                after?: string;
                q?: string;
                status?: "pending" | "confirmed" | "cancelled" | "expired";
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
                        bookings: components["schemas"]["EventBooking"][];
                        /** Format: uuid */
                        next?: string;
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
    cancelEventBookings: {
        parameters: {
            query?: never;
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
                        cancelled: number;
                        remaining: number;
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
    previewCancellation: {
        parameters: {
            query?: never;
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
                        bookings: number;
                        buyers: number;
                        refunds: {
                            amount_minor: number;
                            currency: string;
                        }[];
                        tickets: number;
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
    getUnpaidHolds: {
        parameters: {
            query?: never;
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
                        accounts: {
                            held: {
                                bookings: number;
                                tickets: number;
                            };
                            last_day: {
                                lapsed: {
                                    bookings: number;
                                    tickets: number;
                                };
                                paid: {
                                    bookings: number;
                                    tickets: number;
                                };
                            };
                            last_hour: {
                                lapsed: {
                                    bookings: number;
                                    tickets: number;
                                };
                                paid: {
                                    bookings: number;
                                    tickets: number;
                                };
                            };
                            /** Format: uuid */
                            user_id: string;
                        }[];
                        blocks: {
                            /** Format: date-time */
                            blocked_at: string;
                            /** Format: date-time */
                            blocked_until: string;
                            /** Format: uuid */
                            user_id: string;
                        }[];
                        held: {
                            accounts: number;
                            bookings: number;
                            tickets: number;
                        };
                        last_day: {
                            lapsed: {
                                bookings: number;
                                tickets: number;
                            };
                            paid: {
                                bookings: number;
                                tickets: number;
                            };
                        };
                        last_hour: {
                            lapsed: {
                                bookings: number;
                                tickets: number;
                            };
                            paid: {
                                bookings: number;
                                tickets: number;
                            };
                        };
                        paying: {
                            bookings: number;
                            tickets: number;
                        };
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
    blockBuyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    hours: number;
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
                        /** Format: date-time */
                        blocked_at: string;
                        /** Format: date-time */
                        blocked_until: string;
                        left_waitlist: boolean;
                        released: {
                            bookings: number;
                            tickets: number;
                        };
                        /** Format: uuid */
                        user_id: string;
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
            /** @description The current state does not allow it */
            409: {
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
    unblockBuyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                user_id: string;
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
                        was_blocked: boolean;
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
    tellMovedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MovedEventRequest"];
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
                        is_done: boolean;
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
    countRefunds: {
        parameters: {
            query?: never;
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
                        active: number;
                        cancelled: number;
                        failing: number;
                        /** Format: date-time */
                        last_at?: string;
                        refund_minor: number;
                        refunded: number;
                        refunded_minor: number;
                        refunds: number;
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
    getTakings: {
        parameters: {
            query?: never;
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
                        takings: {
                            currency: string;
                            gross_minor: number;
                            refunded_minor: number;
                        }[];
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
    listWaitlist: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
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
                        entries: {
                            buyer_email?: string;
                            buyer_name?: string;
                            /** Format: date-time */
                            expires_at?: string;
                            /** Format: date-time */
                            joined_at: string;
                            min_quantity: number;
                            offer?: {
                                /** @description All that came together in the time for it; declining it costs no place */
                                last: boolean;
                                /** @description Fewer than wanted; declining it costs no place */
                                partial: boolean;
                                quantity: number;
                                /** Format: uuid */
                                reservation_id: string;
                                /** Format: uuid */
                                ticket_type_id: string;
                            };
                            /** Format: date-time */
                            offered_at?: string;
                            passed: number;
                            passes: {
                                /** Format: date-time */
                                at: string;
                                by_position?: number;
                                kept: number;
                                seats: number;
                            }[];
                            position: number;
                            quantity: number;
                            /** @enum {string} */
                            status: "waiting" | "offered";
                            ticket_type_ids: string[];
                            /** Format: uuid */
                            user_id: string;
                            /** Format: uuid */
                            waitlist_id: string;
                            why?: components["schemas"]["WaitlistWhy"];
                        }[];
                        has_more: boolean;
                        limit: number;
                        page: number;
                        paused: boolean;
                        /** Format: date-time */
                        paused_at?: string;
                        total: number;
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
    pauseWaitlist: {
        parameters: {
            query?: never;
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
                        paused: boolean;
                        /** Format: date-time */
                        paused_at?: string;
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
    resumeWaitlist: {
        parameters: {
            query?: never;
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
                        paused: boolean;
                        /** Format: date-time */
                        paused_at?: string;
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
    countSales: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bounds: string[];
                    /** @default false */
                    by_type?: boolean;
                    event_ids: string[];
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
                        steps: {
                            bookings: number;
                            currency: string;
                            gross_minor: number;
                            refunded_minor: number;
                            step: number;
                            tickets: number;
                        }[];
                        types: {
                            currency: string;
                            gross_minor: number;
                            name: string;
                            step: number;
                            /** Format: uuid */
                            ticket_type_id: string;
                            tickets: number;
                        }[];
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
    forgetPerson: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Forgotten"];
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
    getPerson: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Person"];
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
    countWaiting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    event_ids: string[];
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
                        events: {
                            entries: number;
                            /** Format: uuid */
                            event_id: string;
                            tickets: number;
                        }[];
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
