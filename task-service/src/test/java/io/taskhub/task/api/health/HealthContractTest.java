package io.taskhub.task.api.health;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.taskhub.task.TaskServiceTest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HealthContractTest {

    @Test
    void health_names_every_backend_and_needs_no_token() {
        given().get("/health")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("status", equalTo("healthy"))
                .body("timestamp", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"))
                .body("services.redis", equalTo("healthy"))
                .body("services.postgres", equalTo("healthy"))
                .body("services.kafka", equalTo("healthy"));
    }

    @Test
    void ready_and_live_answer_in_one_word() {
        given().get("/ready").then().statusCode(200).body("status", equalTo("ready"));
        given().get("/live").then().statusCode(200).body("status", equalTo("alive"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/live"})
    void a_wrong_token_does_not_matter(String path) {
        given().auth().oauth2("garbage").get(path).then().statusCode(200);
    }
}
