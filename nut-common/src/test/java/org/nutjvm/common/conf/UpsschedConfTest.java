package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.conf.UpsschedConf.Command;

class UpsschedConfTest {
    private static final String HEAD = "CMDSCRIPT /bin/x\nPIPEFN /run/p\nLOCKFN /run/l\n";

    @Test
    void allFormsOfAtAreRead() {
        var conf = read(HEAD + """
                AT ONBATT * START-TIMER onbatt 30
                AT ONBATT ups@h START-TIMER-SHARED all 0
                AT ONLINE * CANCEL-TIMER onbatt
                AT ONLINE * CANCEL-TIMER onbatt back
                AT ONLINE * CANCEL-TIMER-MATCHED onbatt
                AT LOWBATT * EXECUTE low
                """);
        assertEquals(
                List.of(
                        new Command.Start("onbatt", 30, false),
                        new Command.Start("all", 0, true),
                        new Command.Cancel("onbatt", Optional.empty(), false),
                        new Command.Cancel("onbatt", Optional.of("back"), false),
                        new Command.Cancel("onbatt", Optional.empty(), true),
                        new Command.Execute("low")),
                conf.rules().stream().map(UpsschedConf.At::command).toList());
        assertEquals(List.of(), conf.complaints());
        assertEquals(9, conf.rules().getLast().line());
    }

    @ParameterizedTest
    @CsvSource({
        "ONBATT, *, ONBATT, u@h, true",
        "onbatt, *, ONBATT, u@h, true",
        "ONBATT, u@h, ONBATT, u@h, true",
        "ONBATT, U@h, ONBATT, u@h, false",
        "ONLINE, *, ONBATT, u@h, false"
    })
    void aLineIsForItsEventAndUps(String type, String ups, String notifyType, String upsName, boolean matches) {
        assertEquals(matches, new UpsschedConf.At(type, ups, new Command.Execute("x"), 1).matches(notifyType, upsName));
    }

    @ParameterizedTest
    @CsvSource({"AT ONBATT * EXECUTE x, CMDSCRIPT", "CMDSCRIPT x\\nAT ONBATT * EXECUTE x, PIPEFN"})
    void atBeforeWhatItNeedsIsUnusable(String text, String missing) {
        var conf = read(text.replace("\\n", "\n"));
        assertEquals(Optional.of(missing + " must be set before any ATs in the config file!"), conf.unusable());
        assertEquals(List.of(), conf.rules());
    }

    @Test
    void timersWithSwappedWordsDoNotFireAtOnce() {
        var conf = read(HEAD + "AT ONBATT * START-TIMER 120 shed\nAT ONLINE * EXECUTE on");
        assertEquals(1, conf.rules().size());
        assertTrue(
                conf.complaints().getFirst().text().contains("(write START-TIMER shed 120)"),
                conf.complaints().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "AT ONBATT * START-TIMER x",
        "AT ONBATT * START-TIMER x -1",
        "AT ONBATT * EXECUTE \"\"",
        "AT ONBATT * START-TIMR x 5",
        "AT ONBATT *",
        "ATT ONBATT * EXECUTE x"
    })
    void aMalformedLineCostsItselfOnly(String line) {
        var conf = read(HEAD + line + "\nAT ONLINE * EXECUTE on");
        assertEquals(1, conf.rules().size());
        assertEquals(4, conf.complaints().getFirst().line());
        assertFalse(conf.unusable().isPresent());
    }

    @Test
    void anEventUpsmonDoesNotHaveIsSaid() {
        var conf = read(HEAD + "AT ONBAT * EXECUTE x\nAT REPLBATT * ONBATT * EXECUTE x");
        assertEquals("ONBATT", conf.complaints().get(0).suggestion());
        assertTrue(conf.complaints().get(1).text().startsWith("Invalid command: ONBATT"));
    }

    private static UpsschedConf read(String text) {
        return UpsschedConf.of(ConfReader.parse("upssched.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
