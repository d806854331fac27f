package org.nutjvm.cgi.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.cgi.web.Form.Field;

class FormTest {
    @Test
    void fieldsFlagsAndRepeats() {
        var form = Form.of("host=a%40b&treemode&x=&&y=1=2&host=c+d&json");
        assertEquals(
                List.of(
                        new Field("host", "a@b"),
                        new Field("treemode", ""),
                        new Field("x", ""),
                        new Field("y", "1=2"),
                        new Field("host", "c d"),
                        new Field("json", "")),
                form.fields());
        assertEquals("c d", form.last("host"));
        assertNull(form.last("nothing"));
    }

    @ParameterizedTest
    @CsvSource({"a=%41, A", "a=%0a%0D, '  '", "a=%00x, x", "a=%FF, \u00ff", "a=%c3%bc, \u00c3\u00bc"})
    void bytesAreDecoded(String text, String value) {
        assertEquals(value, Form.of(text).last("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4&b=1", "a=%zz", "%=1", "a=%4\u00e9", "a=1&b=%-1"})
    void aBrokenEscapeIsAFault(String text) {
        assertTrue(Form.of(text).fault().isPresent());
        assertEquals(List.of(), Form.of(text).fields());
    }

    @Test
    void fieldsAreCounted() {
        assertTrue(Form.of("a&".repeat(Form.MOST)).fault().isEmpty());
        assertTrue(Form.of("a&".repeat(Form.MOST + 1)).fault().isPresent());
    }
}
