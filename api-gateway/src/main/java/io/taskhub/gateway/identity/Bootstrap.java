package io.taskhub.gateway.identity;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.gateway.GatewayConfig;
import io.taskhub.gateway.routing.Access;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** What must be true before the first request: a signing key, an admin, and no password that everybody knows. */
@ApplicationScoped
public class Bootstrap {
    static final String ADMIN = "admin";
    static final String WELL_KNOWN_PASSWORD = "123456";
    private static final Logger LOG = Logger.getLogger(Bootstrap.class);

    private final GatewayConfig config;
    private final SigningKeys keys;
    private final Users users;
    private final Callers callers;

    public Bootstrap(GatewayConfig config, SigningKeys keys, Users users, Callers callers) {
        this.config = config;
        this.keys = keys;
        this.users = users;
        this.callers = callers;
    }

    void start(@Observes @Priority(1) StartupEvent event) throws SQLException {
        keys.start();
        if (users.everybody().isEmpty()) {
            users.create(ADMIN, firstPassword(), Access.ADMIN);
        }
        if (config.seedAdmin()) {
            LOG.warnf("The admin is %s / %s: for a run on one's own machine only", ADMIN, WELL_KNOWN_PASSWORD);
        } else if (users.authenticate(ADMIN, WELL_KNOWN_PASSWORD).isPresent()) {
            throw new IllegalStateException(
                    "the admin's password is 123456: change it, or set taskhub.gateway.seed-admin");
        }
        if (callers.isOpen()) {
            LOG.warn(
                    "*** TASKHUB_AUTH=open: every request without credentials is an admin's. Never do this where others can connect. ***");
        }
    }

    private String firstPassword() {
        if (config.seedAdmin()) {
            return WELL_KNOWN_PASSWORD;
        }
        String password = config.adminPassword()
                .orElseThrow(() ->
                        new IllegalStateException("taskhub.gateway.admin-password must be set at the first start"));
        if (password.equals(WELL_KNOWN_PASSWORD) || !Passwords.isAcceptable(password)) {
            throw new IllegalStateException("taskhub.gateway.admin-password must have 6 to 72 bytes and not be 123456");
        }
        return password;
    }
}
