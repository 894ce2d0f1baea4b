package io.latchkey.keys;

import io.latchkey.model.AddressRange;
import io.latchkey.model.MergePatchValue;
import io.latchkey.model.WebOrigin;
import java.util.List;

/**
 * Describes a requested change of a key's restrictions. An empty list takes a restriction away.
 *
 * @param scopes names of client scopes
 * @param audiences client ids
 */
public record RestrictionChange(
        MergePatchValue<List<String>> scopes,
        MergePatchValue<List<String>> audiences,
        MergePatchValue<List<AddressRange>> addresses,
        MergePatchValue<List<WebOrigin>> origins) {}
