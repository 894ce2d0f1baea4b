package io.latchkey.http;

/** Reports that a server option disables Latchkey's provider; requests then get 503. */
public final class ProviderDisabledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderDisabledException() {
        super("The provider default of latchkey is disabled");
    }
}
