package io.taskhub.cron.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.identity.ServiceToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** Requests with the tokens of people and programs. */
@Singleton
public class Caller {
    private final ServiceToken tokens;

    @Inject
    public Caller(ServiceToken tokens) {
        this.tokens = tokens;
    }

    public RequestSpecification operator() {
        return with(Roles.OPERATOR, Roles.VIEWER);
    }

    public RequestSpecification with(String... roles) {
        return given().auth()
                .oauth2(tokens.mint("tester", Set.of(roles), Duration.ofMinutes(5)))
                .contentType(ContentType.JSON);
    }
}
