package io.latchkey.openapi;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/**
 * Describes the paths that the jar of credits serves, because the document is made without that jar. The module of credits checks
 * that its resources serve these paths. Never called.
 */
public final class CreditsEndpoints {

    private CreditsEndpoints() {}

    /** Below {@code /realms/{realm}/api-keys/credits}. */
    public static final class Account {

        @GET
        public void list() {}

        @POST
        @Path("settle")
        public void settle(byte[] body) {}

        @POST
        @Path("settle/batch")
        public void settleBatch(byte[] body) {}

        @POST
        @Path("release")
        public void release(byte[] body) {}

        @POST
        @Path("release/batch")
        public void releaseBatch(byte[] body) {}
    }

    /** Below {@code /admin/realms/{realm}/api-keys/allowances}. */
    public static final class Allowances {

        @GET
        public void list() {}

        @GET
        @Path("current")
        public void current() {}

        @PUT
        public void set(byte[] body) {}

        @DELETE
        public void remove(byte[] body) {}

        @POST
        @Path("top-up")
        public void topUp(byte[] body) {}
    }

    /** Below {@code /admin/realms/{realm}/api-keys/prices}. */
    public static final class Prices {

        @GET
        public void list() {}

        @PUT
        public void set(byte[] body) {}

        @DELETE
        public void remove(byte[] body) {}
    }
}
