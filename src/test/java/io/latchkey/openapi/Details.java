package io.latchkey.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Explains what the scanner has found. Which paths, methods and path parameters there are is the scanner's to say; what it
 * assumes about bodies and answers gives way, because the code reads and writes them as bytes.
 */
final class Details implements OASFilter {

    private final OpenAPI details;
    private final String version;

    /** @param version of the provider */
    Details(OpenAPI details, String version) {
        this.details = details;
        this.version = version;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setInfo(details.getInfo());
        document.getInfo().setVersion(version);
        document.setServers(details.getServers());
        document.setTags(details.getTags());
        document.setSecurity(details.getSecurity());
        document.setComponents(details.getComponents());
        for (String path : List.copyOf(document.getPaths().getPathItems().keySet())) {
            PathItem item = document.getPaths().getPathItem(path);
            PathItem explained = details.getPaths().getPathItem(path);
            // Answers to CORS preflights are no operation anybody calls. A gateway asks with the method of the request
            // that it holds.
            if (explained == null || explained.getOPTIONS() == null) {
                item.setOPTIONS(null);
            }
            if (item.getOperations().isEmpty()) {
                document.getPaths().removePathItem(path);
            } else {
                explain(item, explained);
            }
        }
    }

    private static void explain(PathItem found, PathItem details) {
        if (details != null && details.getParameters() != null) {
            details.getParameters().forEach(found::addParameter);
        }
        Map<HttpMethod, Operation> explanations = details == null ? Map.of() : details.getOperations();
        found.getOperations().forEach((method, operation) -> {
            if (explanations.containsKey(method)) {
                found.setOperation(method, explained(operation, explanations.get(method)));
            }
        });
    }

    private static Operation explained(Operation found, Operation explanation) {
        List<Parameter> parameters = new ArrayList<>();
        addAll(parameters, found.getParameters());
        addAll(parameters, explanation.getParameters());
        explanation.setParameters(parameters.isEmpty() ? null : parameters);
        complete(explanation);
        return explanation;
    }

    /** Adds the answers that every operation shares, as far as it does not describe them itself. */
    private static void complete(Operation operation) {
        answer(operation, "503", "Unavailable");
        if (operation.getRequestBody() != null) {
            answer(operation, "413", "Problem");
            answer(operation, "415", "Problem");
        }
    }

    private static void answer(Operation operation, String status, String response) {
        // A copy, because operations share what the details say once.
        APIResponses answers = OASFactory.createAPIResponses();
        operation.getResponses().getAPIResponses().forEach(answers::addAPIResponse);
        if (!answers.hasAPIResponse(status)) {
            answers.addAPIResponse(status, OASFactory.createAPIResponse().ref(response));
        }
        operation.setResponses(answers);
    }

    private static void addAll(List<Parameter> to, List<Parameter> from) {
        if (from != null) {
            to.addAll(from);
        }
    }
}
