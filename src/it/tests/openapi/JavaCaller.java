import com.fasterxml.jackson.databind.ObjectMapper;
import io.latchkey.client.ApiClient;
import io.latchkey.client.ApiException;
import io.latchkey.client.api.SelfServiceApi;
import io.latchkey.client.api.VerificationApi;
import io.latchkey.client.model.VerifyRequest;
import io.latchkey.client.model.IssuedKey;
import io.latchkey.client.model.Key;
import io.latchkey.client.model.NewKey;
import io.latchkey.client.model.KeyStatus;
import io.latchkey.client.model.VerifyResult;
import java.util.List;
import java.util.Map;

/** Calls a server with the client that is generated from the document; {@code OpenApiIT} reads what it prints. */
public final class JavaCaller {

    private JavaCaller() {}

    /** @param arguments address of the server, realm, access token, and credentials of an API as Basic authentication sends them */
    public static String call(String... arguments) throws Exception {
        String realm = arguments[1];
        SelfServiceApi person = new SelfServiceApi(client(arguments[0], "Bearer " + arguments[2]));
        VerificationApi api = new VerificationApi(client(arguments[0], "Basic " + arguments[3]));

        IssuedKey issued = person.createOwnKey(realm, new NewKey().name("from Java"));
        List<Key> listed =
                person.listOwnKeys(realm, null, null, null, KeyStatus.ACTIVE, null, null, null, null, null, null);
        VerifyResult verdict = api.verifyKey(realm, new VerifyRequest().key(issued.getKey()), null, null);
        String problem = "";
        try {
            person.createOwnKey(realm, new NewKey().name("from Java"));
        } catch (ApiException e) {
            problem = new ObjectMapper().readTree(e.getResponseBody()).path("type").asText();
        }
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "id", issued.getId(),
                        "listed", listed.stream().map(Key::getId).toList(),
                        "code", verdict.getCode().getValue(),
                        "owner", verdict.getOwner().getName(),
                        "problem", problem));
    }

    private static ApiClient client(String address, String authorization) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(address);
        return client.setRequestInterceptor(request -> request.header("Authorization", authorization));
    }
}
