package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Debian's C upssched (2.8.0) beside ours, and each with the other's daemon. What C has had only since 2.8.5, such as
/// NOTIFYMSG, is left out.
@Timeout(120)
class AgainstCTest {
    private static final String[] RULES = {
        "AT ONBATT * EXECUTE onbatt",
        "AT onbatt bessie@h EXECUTE \"two words\"",
        "AT ONBATT other@h EXECUTE other",
        "AT ONBATT * START-TIMER warn 1",
        "AT ONBATT bessie@h START-TIMER gone 300",
        "AT ONLINE * CANCEL-TIMER gone notgone",
        "AT ONLINE * CANCEL-TIMER never wasnever",
        "AT ONLINE * CANCEL-TIMER alsonever",
        "AT NOSUCH * EXECUTE never",
        "AT LOWBATT * NONSENSE low",
        "AT LOWBATT * EXECUTE low",
    };

    private final Box ours = new Box();
    private final Box theirs = new Box();

    @BeforeEach
    void look() {
        Assumptions.assumeTrue(Files.isExecutable(Box.C_UPSSCHED), "no C upssched here");
    }

    @AfterEach
    void end() {
        ours.close();
        theirs.close();
    }

    @Test
    void theSameCommandsRunWithTheSameArguments() {
        ours.rules(RULES);
        theirs.rules(RULES);
        for (String type : List.of("ONBATT", "LOWBATT")) {
            assertEquals(Box.exit(theirs.ofC(type, "bessie@h", "text")), ours.call(type, "bessie@h", "text"));
        }
        theirs.awaitCalls(4);
        ours.awaitCalls(4);
        assertEquals(Box.exit(theirs.ofC("ONLINE", "bessie@h", "text")), ours.call("ONLINE", "bessie@h", "text"));
        theirs.awaitCalls(5);
        ours.awaitCalls(5);
        assertEquals(comparable(theirs), comparable(ours));
    }

    /// In the order they ran, but those at once, during which the timer may fire, before the others. The events of a
    /// timer's command are C's own business: 2.8.0 has those of the first call.
    private static List<String> comparable(Box box) {
        var atOnce = new ArrayList<String>();
        var later = new ArrayList<String>();
        for (String call : box.calls()) {
            String[] cells = call.split("\\|", -1);
            if (cells[1].equals("warn") || cells[1].equals("wasnever")) {
                later.add(cells[0] + " " + cells[1]);
            } else {
                atOnce.add(String.join(" ", cells[0], cells[1], cells[2], cells[3]));
            }
        }
        atOnce.addAll(later);
        return atOnce;
    }

    @Test
    void aCCallerWithOurDaemon() {
        ours.rules(
                "AT OVER * START-TIMER keep 300",
                "AT ONBATT * START-TIMER warn 300",
                "AT ONLINE * CANCEL-TIMER warn",
                "AT ONLINE * CANCEL-TIMER none late");
        assertEquals(0, ours.call("OVER", "u", "m"));
        assertEquals(0, Box.exit(ours.ofC("ONBATT", "u")), ours.output());
        ours.call("X", "X", "-l");
        assertTrue(ours.said().contains("\nwarn\t"), ours.said());
        assertEquals(0, Box.exit(ours.ofC("ONLINE", "u")), ours.output());
        ours.awaitCalls(1);
        assertTrue(ours.calls().getFirst().startsWith("1|late|"), ours.calls().toString());
        ours.out.reset();
        ours.call("X", "X", "-l");
        assertTrue(ours.said().startsWith("keep\t") && !ours.said().contains("warn\t"), ours.said());
    }

    @Test
    void ourCallerWithACDaemon() {
        theirs.rules(
                "AT ONBATT * START-TIMER warn 300",
                "AT OVER * START-TIMER \"over load\" 0",
                "AT ONLINE * CANCEL-TIMER warn late");
        assertEquals(0, Box.exit(theirs.ofC("ONBATT", "u")), theirs.output());
        assertEquals(0, theirs.call("OVER", "u", "m"));
        theirs.awaitCalls(1);
        assertEquals(0, theirs.call("ONLINE", "u", "m"));
        assertEquals(0, theirs.call("ONLINE", "u", "m"));
        theirs.awaitCalls(2);
        assertEquals(
                List.of("2|over load", "1|late"),
                theirs.calls().stream()
                        .map(c -> c.substring(0, c.indexOf('|', 2)))
                        .toList());
    }

    @Test
    void theSameWithoutAnEvent() {
        ours.rules();
        theirs.rules();
        var env = ours.env("ONBATT", "u");
        env.remove("NOTIFYTYPE");
        assertEquals(1, ours.call(env));
        assertTrue(ours.said().startsWith("Error: environment variables UPSNAME and NOTIFYTYPE must be set."));
        theirs.write("AT ONBATT * EXECUTE x\n");
        ours.write("AT ONBATT * EXECUTE x\n");
        assertEquals(Box.exit(theirs.ofC("ONBATT", "u")), ours.call("ONBATT", "u"));
        assertTrue(theirs.output().contains("CMDSCRIPT must be set before any ATs in the config file!"));
        assertTrue(ours.said().contains("CMDSCRIPT must be set before any ATs in the config file!"));
    }
}
