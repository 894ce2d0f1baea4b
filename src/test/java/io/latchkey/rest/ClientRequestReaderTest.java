package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRequestReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]|true", "' \n[{}]'|true", "{}|false", "''|false", "' '|false", "{\"requests\":[]}|false"})
    void listIsRecognisedByItsFirstCharacter(String body, boolean list) {
        assertEquals(list, ClientRequestReader.isList(body.getBytes(StandardCharsets.UTF_8)));
    }
}
