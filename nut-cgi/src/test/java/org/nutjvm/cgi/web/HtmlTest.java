package org.nutjvm.cgi.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, plain",
                "<b>, &lt;b&gt;",
                "a&b, a&amp;b",
                "\"x\" 'y', &quot;x&quot; &#39;y&#39;",
                "&uuml;, &amp;uuml;"
            })
    void textIsNoMarkup(String text, String escaped) {
        assertEquals(escaped, Html.text(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "K&uuml;che &#252;, K&uuml;che &#252;",
                "<&uuml, &lt;&amp;uuml",
                "a & b;, a &amp; b;",
                "&#;, &amp;#;",
                "&<x>;, &amp;&lt;x&gt;;"
            })
    void entitiesOfConfigurationFilesStay(String text, String escaped) {
        assertEquals(escaped, Html.textWithEntities(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "dummy@localhost:3493, dummy@localhost:3493",
                "u@[::1]:1, u@[::1]:1",
                "a\"><b, a%22%3E%3Cb",
                "a&b=c d, a%26b%3Dc%20d"
            })
    void namesInAddresses(String text, String encoded) {
        assertEquals(encoded, Html.query(text));
    }
}
