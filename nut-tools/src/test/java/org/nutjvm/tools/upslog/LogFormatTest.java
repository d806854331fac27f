package org.nutjvm.tools.upslog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
    private static final Map<String, String> VALUES =
            Map.of("ups.status", "OL CHRG", "battery.charge", "97", "ups.id", "a\nb\u001b[2J");

    private static String line(String format) {
        var time = Instant.ofEpochSecond(1663819237).atZone(ZoneOffset.UTC);
        return LogFormat.of(format).line(time, "here", "ups@there:1", 42, VALUES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            %VAR ups.status%|OL CHRG
            [%var ups.status%]|[OL CHRG]
            %VAR no.such%|NA
            %VAR%|INVALID
            %VAR status%|INVALID
            %VAR  ups.status%|NA
            %HOST% %UPSHOST% %PID%|here ups@there:1 42
            %TIME @Y-@m-@d @H:@M:@S%|2022-09-22 04:00:37
            %TIME%x|x
            %TIMEX @H%|04
            %ETIME%|1663819237
            %ETIME of day%|1663819237
            100%%|100%
            a%tb|a\tb
            %NOSUCH%|INVALID
            %NOSUCH thing% %PID%|INVALID 42
            50% of|50INVALID of
            %|INVALID
            %%%PID%%%|%42%
            """)
    void escapes(String format, String expected) {
        assertEquals(expected.replace("\\t", "\t"), line(format));
    }

    @Test
    void theStandardFormat() {
        assertEquals("20220922 040037 97 NA NA [OL CHRG] NA NA", line(LogFormat.STANDARD));
    }

    @Test
    void controlCharactersOfAServerDoNotEndALine() {
        assertEquals("a?b?[2J", line("%VAR ups.id%"));
    }

    @Test
    void textOfTheFormatStaysUtf8() {
        assertEquals("\u00c2\u00b0C", line("\u00b0C"));
    }

    @Test
    void variablesAreAskedForOnce() {
        var format = LogFormat.of("%VAR a.b% %VAR c.d% %VAR a.b%");
        assertEquals(List.of("a.b", "c.d"), List.copyOf(format.variables()));
        assertEquals(false, format.namesTheUps());
        assertEquals(true, LogFormat.of(LogFormat.UPSHOST_FIRST + "x").namesTheUps());
    }
}
