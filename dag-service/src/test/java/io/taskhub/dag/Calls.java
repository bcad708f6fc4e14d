package io.taskhub.dag;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.identity.ServiceToken;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Requests as somebody, with a token that the service checks like any other. */
@Singleton
public class Calls {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final ServiceToken tokens;

    Calls(ServiceToken tokens) {
        this.tokens = tokens;
    }

    public RequestSpecification operator() {
        return as("ann", Roles.OPERATOR, Roles.VIEWER);
    }

    public RequestSpecification viewer() {
        return as("vic", Roles.VIEWER);
    }

    public RequestSpecification service() {
        return as("svc-test", Roles.SERVICE);
    }

    public String token() {
        return tokens.mint("ann", List.of(Roles.OPERATOR, Roles.VIEWER), TTL);
    }

    private RequestSpecification as(String name, String... roles) {
        return given().auth().oauth2(tokens.mint(name, List.of(roles), TTL)).contentType(ContentType.JSON);
    }
}
