package io.taskhub.contracts;

/** The {@code groups} claim of a token. Roles nest (admin ⊃ operator ⊃ viewer, admin ⊃ worker): a token lists every role it has. */
public final class Roles {
    public static final String ADMIN = "admin";
    public static final String OPERATOR = "operator";
    public static final String VIEWER = "viewer";
    public static final String WORKER = "worker";

    /** A service of the suite; the only role that internal paths accept. */
    public static final String SERVICE = "service";

    private Roles() {}
}
