package org.nutjvm.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpsrwTest {
    private static final Map<String, String> QUIET = Map.of("NUT_QUIET_OK_NOTRACKING", "true");

    private record Talk(Ran ran, List<String> requests) {}

    private static Talk upsrw(UnaryOperator<String> answers, Map<String, String> env, String in, String... args)
            throws IOException {
        try (var upsd = new FakeUpsd(answers)) {
            var words = new ArrayList<String>();
            for (String arg : args) {
                words.add(arg.replace("%", upsd.address()));
            }
            var ran = Ran.of(env, in, "upsrw", words);
            return new Talk(ran, List.copyOf(upsd.requests));
        }
    }

    /// A server with one variable of this type and value.
    private static UnaryOperator<String> upsd(String type, String value, String list) {
        return request -> switch (request) {
            case "LIST RW u" -> "BEGIN LIST RW u\nRW u x.y \"" + value + "\"\nEND LIST RW u\n";
            case "GET DESC u x.y" -> "DESC u x.y \"What it is\"\n";
            case "GET TYPE u x.y" -> type.isEmpty() ? "ERR VAR-NOT-SUPPORTED\n" : "TYPE u x.y " + type + "\n";
            case "GET VAR u x.y" -> value.isEmpty() ? "ERR DATA-STALE\n" : "VAR u x.y \"" + value + "\"\n";
            case "LIST ENUM u x.y" -> "BEGIN LIST ENUM u x.y\n" + list + "END LIST ENUM u x.y\n";
            case "LIST RANGE u x.y" -> "BEGIN LIST RANGE u x.y\n" + list + "END LIST RANGE u x.y\n";
            default -> "ERR UNKNOWN-COMMAND\n";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            RW STRING:32   | hello | ''     | 'Type: STRING~Maximum length: 32~Value: hello~'
            RW NUMBER      | 5     | ''     | 'Type: NUMBER~Value: 5~'
            RW ENUM NUMBER | 5     | 'ENUM u x.y "4"~ENUM u x.y "5"~' | 'Type: ENUM NUMBER~Option: "4"~Option: "5" SELECTED~'
            RW ENUM STRING:8 | b   | 'ENUM u x.y "a"~ENUM u x.y "b"~' | 'Type: ENUM STRING~Maximum length: 8~Option: "a"~Option: "b" SELECTED~'
            RW ENUM        | b     | 'ENUM u x.y "b"~' | 'Type: ENUM~Option: "b" SELECTED~'
            RW RANGE NUMBER | 12.9 | 'RANGE u x.y "1" "10"~RANGE u x.y "12" "15"~' | 'Type: RANGE NUMBER~Option: "1-10"~Option: "12-15" SELECTED~'
            RW STRANGE NUMBER | 5  | ''     | 'Type: STRANGE (unrecognized)~Type: NUMBER~Value: 5~'
            rw number      | 5     | ''     | 'Type: NUMBER~Value: 5~'
            ''             | 5     | ''     | 'Unknown type~'
            """)
    void types(String type, String value, String list, String shown) throws IOException {
        var talk = upsrw(upsd(type, value, list.replace('~', '\n')), Map.of(), "", "-l", "u@%");
        assertEquals(new Ran(0, "[x.y]\nWhat it is\n" + shown.replace('~', '\n') + "\n", ""), talk.ran);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            RW STRING:32   | hello | ''     | '"STRING", "maximum_length": 32, "value": "hello"'
            RW NUMBER      | 5     | ''     | '"NUMBER", "value": "5"'
            RW NUMBER      | ''    | ''     | '"NUMBER", "value": null'
            RW ENUM NUMBER | 5     | 'ENUM u x.y "4"~ENUM u x.y "5"~' | '"ENUM", "of": "NUMBER", "value": "5", "options": ["4", "5"]'
            RW ENUM        | b     | 'ENUM u x.y "b"~' | '"ENUM", "value": "b", "options": ["b"]'
            RW RANGE NUMBER | 12.9 | 'RANGE u x.y "1" "10"~RANGE u x.y "12" "15"~' | '"RANGE", "value": "12.9", "ranges": [{"minimum": 1, "maximum": 10}, {"minimum": 12, "maximum": 15}]'
            ''             | 5     | ''     | 'null, "value": "5"'
            """)
    void typesAsJson(String type, String value, String list, String shown) throws IOException {
        var talk = upsrw(upsd(type, value, list.replace('~', '\n')), Map.of(), "", "--json", "u@%");
        assertEquals(
                new Ran(0, "{\n  \"x.y\": {\"description\": \"What it is\", \"type\": " + shown + "}\n}\n", ""),
                talk.ran);
    }

    @Test
    void failureAsJson() throws IOException {
        var ran = upsrw(_ -> "ERR UNKNOWN-UPS\n", Map.of(), "", "-j", "u@%").ran;
        assertEquals(1, ran.exitCode());
        assertEquals("{\"error\": \"Unknown UPS\"}\n", ran.out());
    }

    @ParameterizedTest
    @CsvSource({
        "RW STRING:32, do_string",
        "RW NUMBER, do_number",
        "RW ENUM NUMBER, do_enum",
        "RW RANGE NUMBER, do_range"
    })
    void valueThatCannotBeRead(String type, String where) throws IOException {
        var ran = upsrw(upsd(type, "", ""), Map.of(), "", "u@%").ran;
        assertEquals(1, ran.exitCode());
        assertEquals(where + ": can't get current value of x.y", ran.firstErrLine());
    }

    @Test
    void noDescription() throws IOException {
        var server = upsd("RW NUMBER", "5", "");
        var ran = upsrw(
                        request -> request.startsWith("GET DESC") ? "ERR VAR-NOT-SUPPORTED\n" : server.apply(request),
                        Map.of(),
                        "",
                        "u@%")
                .ran;
        assertEquals("[x.y]\nDescription unavailable\nType: NUMBER\nValue: 5\n\n", ran.out());
    }

    @Test
    void nothingToSet() throws IOException {
        assertEquals(new Ran(0, "", ""), upsrw(_ -> "BEGIN LIST RW u\nEND LIST RW u\n", Map.of(), "", "u@%").ran);
    }

    @Test
    void set() throws IOException {
        var talk = upsrw(_ -> "OK\n", QUIET, "", "-s", "ups.id=a=\"b\" #1", "-u", "me", "-p", "pw", "u@%");
        assertEquals(new Ran(0, "", "OK\n"), talk.ran);
        assertEquals(
                List.of("USERNAME me", "PASSWORD pw", "SET VAR u ups.id \"a=\\\"b\\\" \\#1\"", "LOGOUT"),
                talk.requests);
    }

    @Test
    void setToNothing() throws IOException {
        var talk = upsrw(_ -> "OK\n", QUIET, "", "-s", "ups.id=", "-u", "me", "-p", "pw", "u@%");
        assertEquals("SET VAR u ups.id \"\"", talk.requests.get(2));
    }

    @Test
    void everythingIsAskedFor() throws IOException {
        var talk = upsrw(_ -> "OK\n", QUIET, "me\npw\nnew value\n", "-s", "ups.id", "u@%");
        assertEquals(
                "Username (" + System.getProperty("user.name") + "): Enter new value for ups.id: ", talk.ran.out());
        assertEquals("Password: OK\n", talk.ran.err());
        assertEquals(List.of("USERNAME me", "PASSWORD pw", "SET VAR u ups.id \"new value\"", "LOGOUT"), talk.requests);
    }

    @Test
    void inputEndsBeforeTheValue() throws IOException {
        var talk = upsrw(_ -> "OK\n", QUIET, "", "-s", "ups.id", "-u", "me", "-p", "pw", "u@%");
        assertEquals(1, talk.ran.exitCode());
        assertEquals("Error reading from stdin!", talk.ran.firstErrLine());
        assertEquals(List.of("USERNAME me", "PASSWORD pw", "LOGOUT"), talk.requests);
    }

    @Test
    void valueThatWouldBeASecondRequest() throws IOException {
        var talk = upsrw(_ -> "OK\n", QUIET, "", "-s", "ups.id=a\nFSD u", "-u", "me", "-p", "pw", "u@%");
        assertEquals(new Ran(1, "", "Set variable failed: Invalid argument\n"), talk.ran);
        assertEquals(List.of("USERNAME me", "PASSWORD pw", "LOGOUT"), talk.requests);
    }

    @Test
    void refusals() throws IOException {
        assertEquals(
                new Ran(1, "", "Unexpected response from upsd: ERR READONLY\n"),
                upsrw(r -> r.startsWith("SET") ? "ERR READONLY\n" : "OK\n", QUIET, "", "-sx.y=1", "-ua", "-pb", "u@%")
                        .ran);
        assertEquals(
                "Error: old variable names are not supported",
                upsrw(_ -> "OK\n", QUIET, "", "-sx=1", "-ua", "-pb", "u@%").ran.firstErrLine());
        assertEquals(
                "Set username failed: Server disconnected",
                upsrw(_ -> "\0", QUIET, "", "-sx.y=1", "-ua", "-pb", "u@%").ran.firstErrLine());
        assertEquals(
                "Error: upsd is too old to support this query",
                upsrw(_ -> "ERR UNKNOWN-COMMAND\n", QUIET, "", "u@%").ran.firstErrLine());
    }

    @Test
    void listAfterSetLists() throws IOException {
        var ran = upsrw(upsd("RW NUMBER", "5", ""), Map.of(), "", "-s", "x.y=3", "-l", "u@%").ran;
        assertEquals("Listing mode requested, overriding setvar specified earlier!", ran.firstErrLine());
        assertTrue(ran.out().startsWith("[x.y]\n"), ran.out());
    }
}
