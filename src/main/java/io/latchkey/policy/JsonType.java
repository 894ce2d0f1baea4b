package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Converts a policy attribute, which is text, to and from its JSON type. An attribute is always text, so this is the way
 * from one to the other.
 */
enum JsonType {
    TEXT {
        @Override
        Optional<String> textOf(JsonNode json) {
            return Optional.of(json).filter(JsonNode::isTextual).map(JsonNode::textValue);
        }

        @Override
        JsonNode jsonOf(Optional<String> text) {
            return text.<JsonNode>map(JsonNodeFactory.instance::textNode).orElseGet(JsonNodeFactory.instance::nullNode);
        }
    },
    NUMBER {
        @Override
        Optional<String> textOf(JsonNode json) {
            return Optional.of(json).filter(JsonNode::isIntegralNumber).map(JsonNode::asText);
        }

        @Override
        JsonNode jsonOf(Optional<String> text) {
            return JsonNodeFactory.instance.numberNode(Integer.parseInt(text.orElseThrow()));
        }
    },
    FLAG {
        @Override
        Optional<String> textOf(JsonNode json) {
            return Optional.of(json).filter(JsonNode::isBoolean).map(JsonNode::asText);
        }

        @Override
        JsonNode jsonOf(Optional<String> text) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text.orElseThrow()));
        }
    },
    WORDS {
        @Override
        Optional<String> textOf(JsonNode json) {
            if (!json.isArray()
                    || !StreamSupport.stream(json.spliterator(), false).allMatch(JsonType::isWord)) {
                return Optional.empty();
            }
            return Optional.of(StreamSupport.stream(json.spliterator(), false)
                    .map(JsonNode::textValue)
                    .collect(Collectors.joining(" ")));
        }

        @Override
        JsonNode jsonOf(Optional<String> text) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            text.ifPresent(words -> WordList.split(words).forEach(array::add));
            return array;
        }
    };

    /** The text an attribute would hold; empty when the JSON is of another type. */
    abstract Optional<String> textOf(JsonNode json);

    abstract JsonNode jsonOf(Optional<String> text);

    // A word with a space in it would come back from the attribute as two.
    private static boolean isWord(JsonNode json) {
        return json.isTextual() && WordList.isWord(json.textValue());
    }
}
