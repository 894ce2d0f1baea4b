package io.latchkey.introspection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.adapter.RepeatedAnswers;
import io.latchkey.adapter.SentHeaders;
import io.latchkey.credits.Call;
import io.latchkey.rest.CreditsJson;
import io.latchkey.rest.InstantText;
import io.latchkey.use.RepeatedUse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The same verdict about one more use. What no use changes is written once. */
final class VerdictAgain implements RepeatedAnswers.Repetition {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RepeatedUse uses;
    private final Call call;
    private volatile SerializableString same;

    VerdictAgain(RepeatedUse uses, Call call) {
        this.uses = uses;
        this.call = call;
    }

    @Override
    public Optional<Response> again(Response before, Instant now, SentHeaders headers) {
        return uses.again(now, () -> call).map(use -> {
            Response.ResponseBuilder answer = Response.fromResponse(before);
            if (!use.isSame()) {
                answer.entity(body((byte[]) before.getEntity(), use, now));
            }
            return answer.build();
        });
    }

    private byte[] body(byte[] before, RepeatedUse.Again use, Instant now) {
        ByteArrayBuilder body = new ByteArrayBuilder();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeRaw(same(before));
            json.writeFieldName("credits");
            CreditsJson.write(json, use.charge());
            json.writeFieldName("limits");
            LimitsJson.write(json, use.standing());
            json.writeStringField("cacheUntil", InstantText.of(now));
            json.writeEndObject();
        } catch (IOException notInMemory) {
            throw new UncheckedIOException(notInMemory);
        }
        return body.toByteArray();
    }

    /** Members of an object, without its braces, and a comma. */
    private SerializableString same(byte[] before) throws IOException {
        if (same == null) {
            ObjectNode json = (ObjectNode) JSON.readTree(before);
            String text =
                    json.remove(List.of("credits", "limits", "cacheUntil")).toString();
            same = new SerializedString(text.substring(1, text.length() - 1) + ",");
        }
        return same;
    }
}
