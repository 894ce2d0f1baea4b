package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the first keys of a realm set up for all that follow. */
class FirstKeysIT {

    @Test
    void firstKeysMadeAtOnceNeedOneFlow() throws Exception {
        try (RealmFixture fresh = RealmFixture.create(Map.of())) {
            List<ApiClient> users = new ArrayList<>();
            for (String name : List.of("first", "second", "third", "fourth")) {
                fresh.user(name);
                users.add(fresh.signedIn(name));
            }
            ExecutorService pool = Executors.newFixedThreadPool(users.size());
            try {
                List<Callable<Answer>> requests = users.stream()
                        .<Callable<Answer>>map(user -> () -> user.post(fresh.keys(), Map.of("name", "k")))
                        .toList();
                for (Future<Answer> answer : pool.invokeAll(requests)) {
                    answer.get().expect(201);
                }
            } finally {
                pool.shutdownNow();
            }

            List<JsonNode> flows = new ArrayList<>();
            fresh.master()
                    .get(fresh.admin("/authentication/flows"))
                    .expect(200)
                    .json()
                    .forEach(flow -> {
                        if (flow.path("alias").asText().equals("api keys")) {
                            flows.add(flow);
                        }
                    });
            assertEquals(1, flows.size());
            assertEquals(1, flows.get(0).path("authenticationExecutions").size());
        }
    }
}
