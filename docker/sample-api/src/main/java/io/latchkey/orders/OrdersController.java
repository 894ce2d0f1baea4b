package io.latchkey.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class OrdersController {

    record Order(int number, String item) {}

    record Orders(
            String subject,
            String username,
            List<String> scopes,
            @JsonProperty("api_key_id") String apiKeyId,
            List<Order> orders) {}

    @GetMapping("/orders")
    Orders orders(@AuthenticationPrincipal Jwt token) {
        String scope = token.getClaimAsString("scope");
        return new Orders(
                token.getSubject(),
                token.getClaimAsString("preferred_username"),
                scope == null || scope.isBlank() ? List.of() : List.of(scope.trim().split(" +")),
                token.getClaimAsString("api_key_id"),
                List.of(new Order(1001, "padlock"), new Order(1002, "latch key")));
    }

    @GetMapping("/healthz")
    String health() {
        return "ok";
    }
}
