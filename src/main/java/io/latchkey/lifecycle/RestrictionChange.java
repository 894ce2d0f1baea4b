package io.latchkey.lifecycle;

import io.latchkey.model.AddressRange;
import io.latchkey.model.WebOrigin;
import java.util.List;

/**
 * What somebody wants the restrictions of a key to be. An empty list takes a restriction away.
 *
 * @param scopes names of client scopes
 * @param audiences client ids
 */
public record RestrictionChange(
        Edit<List<String>> scopes,
        Edit<List<String>> audiences,
        Edit<List<AddressRange>> addresses,
        Edit<List<WebOrigin>> origins) {}
