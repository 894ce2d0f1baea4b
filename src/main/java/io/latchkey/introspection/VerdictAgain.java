package io.latchkey.introspection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.RepeatedUse;
import io.latchkey.adapter.RepeatedAnswers;
import io.latchkey.adapter.SentHeaders;
import io.latchkey.credits.Call;
import io.latchkey.rest.CreditsJson;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The same verdict about one more use. What no use changes is written once. */
final class VerdictAgain implements RepeatedAnswers.Repetition {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RepeatedUse uses;
    private final Call call;
    private volatile String same;

    VerdictAgain(RepeatedUse uses, Call call) {
        this.uses = uses;
        this.call = call;
    }

    @Override
    public Optional<Response> again(Response before, Instant now, SentHeaders headers) {
        return uses.again(now, () -> call)
                .map(use -> use.isSame()
                        ? before
                        : Response.fromResponse(before)
                                .entity(body((byte[]) before.getEntity(), use, now))
                                .build());
    }

    private byte[] body(byte[] before, RepeatedUse.Again use, Instant now) {
        String credits = use.charge().map(CreditsJson::of).map(Object::toString).orElse("null");
        return (same(before) + "\"credits\":" + credits + ",\"limits\":" + LimitsJson.of(use.standing())
                        + ",\"cacheUntil\":\"" + now + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String same(byte[] before) {
        if (same == null) {
            try {
                ObjectNode json = (ObjectNode) JSON.readTree(before);
                String text =
                        json.remove(List.of("credits", "limits", "cacheUntil")).toString();
                same = text.substring(0, text.length() - 1) + ",";
            } catch (IOException notOurs) {
                throw new UncheckedIOException(notOurs);
            }
        }
        return same;
    }
}
