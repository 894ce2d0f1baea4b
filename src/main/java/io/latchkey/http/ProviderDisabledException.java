package io.latchkey.http;

/** Reports that an option of the server disables the provider, so that nothing can be decided about keys. */
public final class ProviderDisabledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderDisabledException() {
        super("The provider default of latchkey is disabled");
    }
}
