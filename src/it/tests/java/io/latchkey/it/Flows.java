package io.latchkey.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;

/** Makes authentication flows and clients bound to them, over Keycloak's admin REST. */
record Flows(RealmFixture realm) {

    static final String KEY = "api-key-authenticator";

    /** A step of a flow. */
    record Step(String authenticator, String requirement, Map<String, String> config) {

        static Step required(String authenticator) {
            return new Step(authenticator, "REQUIRED", Map.of());
        }

        static Step alternative(String authenticator) {
            return new Step(authenticator, "ALTERNATIVE", Map.of());
        }

        Step with(String setting, String value) {
            return new Step(authenticator, requirement, Map.of(setting, value));
        }
    }

    /** A new flow with these steps; answers with its id. */
    String flow(String alias, List<Step> steps) {
        String path = realm.admin("/authentication/flows");
        Answer created = realm.master()
                .post(path, Map.of("alias", alias, "providerId", "basic-flow", "topLevel", true, "builtIn", false))
                .expect(201);
        steps.forEach(step -> add(alias, step));
        return lastPart(created);
    }

    /** A new flow that asks for a key and, where there is none, for a password. */
    String keyOrPassword(String alias, List<Step> password) {
        String id = flow(alias, List.of(Step.alternative(KEY)));
        String inner = alias + "-password";
        realm.master()
                .post(
                        realm.admin("/authentication/flows/" + alias + "/executions/flow"),
                        Map.of("alias", inner, "type", "basic-flow", "provider", "basic-flow"))
                .expect(201);
        require(alias, execution(alias, "displayName", inner), "ALTERNATIVE");
        password.forEach(step -> add(inner, step));
        return id;
    }

    /** A new public client whose logins of that kind ({@code browser}, {@code direct_grant}) use the flow. */
    void client(String clientId, String kind, String flowId) {
        realm.master()
                .post(
                        realm.admin("/clients"),
                        Map.of(
                                "clientId",
                                clientId,
                                "publicClient",
                                true,
                                "directAccessGrantsEnabled",
                                true,
                                "redirectUris",
                                List.of("http://localhost/*"),
                                "authenticationFlowBindingOverrides",
                                Map.of(kind, flowId)))
                .expect(201);
    }

    private void add(String alias, Step step) {
        Answer added = realm.master()
                .post(
                        realm.admin("/authentication/flows/" + alias + "/executions/execution"),
                        Map.of("provider", step.authenticator()))
                .expect(201);
        require(alias, execution(alias, "providerId", step.authenticator()), step.requirement());
        if (!step.config().isEmpty()) {
            realm.master()
                    .post(
                            realm.admin("/authentication/executions/" + lastPart(added) + "/config"),
                            Map.of("alias", alias + "-config", "config", step.config()))
                    .expect(201);
        }
    }

    private void require(String alias, ObjectNode execution, String requirement) {
        realm.master()
                .put(
                        realm.admin("/authentication/flows/" + alias + "/executions"),
                        execution.put("requirement", requirement))
                .expect(204);
    }

    private ObjectNode execution(String alias, String field, String value) {
        Answer executions = realm.master()
                .get(realm.admin("/authentication/flows/" + alias + "/executions"))
                .expect(200);
        for (JsonNode execution : executions.json()) {
            if (execution.path(field).asText().equals(value)) {
                return (ObjectNode) execution;
            }
        }
        throw new AssertionError("No execution " + value + " in " + executions.text());
    }

    private static String lastPart(Answer created) {
        String location = created.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
