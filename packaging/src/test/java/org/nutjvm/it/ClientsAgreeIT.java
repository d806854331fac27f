package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The same command line given to C's client and to ours, against the same server: standard output, exit code and the
/// first line of complaint are the same. (Ours may add a hint below it.)
@ParameterizedClass(name = "{0} upsd")
@EnumSource(Maker.class)
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsAgreeIT {
    /// A device with every kind of variable.
    private static final String EVERY_KIND = """
            SETINFO battery.charge "97"
            SETINFO battery.charge.low "20"
            SETFLAGS battery.charge.low RW STRING
            SETAUX battery.charge.low 10
            SETINFO device.mfr "A \\"quoted\\" maker \\\\ with a backslash"
            SETINFO driver.name "fake-ups"
            SETINFO input.sensitivity "low"
            SETFLAGS input.sensitivity RW
            ADDENUM input.sensitivity "low"
            ADDENUM input.sensitivity "medium"
            ADDENUM input.sensitivity "high and mighty"
            SETINFO input.transfer.high "253"
            SETFLAGS input.transfer.high RW
            ADDRANGE input.transfer.high 230 276
            ADDRANGE input.transfer.high 300 310
            SETINFO ups.delay.start "30"
            SETFLAGS ups.delay.start RW STRING
            SETAUX ups.delay.start 8
            SETINFO ups.empty ""
            SETINFO ups.status "OL"
            ADDCMD beeper.toggle
            ADDCMD load.off
            ADDCMD vendor.special
            DATAOK
            """;

    private static final String STALE = "SETINFO ups.status \"OL\"\nADDCMD load.off\nDATASTALE\n";

    @SuppressWarnings("NullAway.Init") // these are set before each invocation of the class
    private Stack stack;

    private final List<AutoCloseable> fakes = new ArrayList<>();
    private int nobodyListens;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Maker server;

    @BeforeParameterizedClassInvocation
    void start() {
        stack = new Stack(new Roles(server, Maker.C));
        server.program("upsd");
        nobodyListens = Sandbox.freePort();
        stack.box().write("ups.conf", """
                        [every]
                          driver = fake-ups
                          port = none
                          desc = "Every kind of variable"
                        [stale]
                          driver = fake-ups
                          port = none
                        [ghost]
                          driver = fake-ups
                          port = none
                          desc = "never \\"there\\""
                        """);
        var state = stack.box().state();
        fakes.add(new FakeDriver(state, "fake-ups", "every", EVERY_KIND));
        fakes.add(new FakeDriver(state, "fake-ups", "stale", STALE));
        stack.startUpsd();
        stack.awaitAnswer("GET VAR every ups.status", "VAR every ups.status \"OL\"");
        stack.awaitAnswer("GET VAR stale ups.status", "ERR DATA-STALE");
    }

    @AfterParameterizedClassInvocation
    void end() throws Exception {
        for (var fake : fakes) {
            fake.close();
        }
        fakes.clear();
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upsc -l @",
                "upsc -L @",
                "upsc every@",
                "upsc every@ battery.charge",
                "upsc every@ device.mfr",
                "upsc every@ ups.empty",
                "upsc every@ no.such.variable",
                "upsc nobody@",
                "upsc nobody@ ups.status",
                "upsc stale@",
                "upsc stale@ ups.status",
                "upsc ghost@",
                "upsc ghost@ ups.status",
                "upsc -c every@",
                "upsc -c nobody@",
                "upsc -c ghost@",
                "upsc -l @WRONG",
                "upsc every@WRONG",
                "upsc every@WRONG ups.status",
                "upsc every@no-such-host.invalid",
                "upsc every@localhost:words",
                "upscmd -l every@",
                "upscmd -l stale@",
                "upscmd -l ghost@",
                "upscmd -l nobody@",
                "upscmd -l every@WRONG",
                "upscmd -u admin -p mypass every@ load.off",
                "upscmd -u admin -p mypass every@ load.off 5",
                "upscmd -w -t 5 -u admin -p mypass every@ load.off",
                "upscmd -u admin -p mypass every@ no.such.command",
                "upscmd -u admin -p wrong every@ load.off",
                "upscmd -u nobody -p mypass every@ load.off",
                "upscmd -u tester -p mypass every@ load.off",
                "upscmd -u admin -p mypass stale@ load.off",
                "upscmd -u admin -p mypass ghost@ load.off",
                "upscmd -u admin -p mypass nobody@ load.off",
                "upscmd -u admin -p mypass every@WRONG load.off",
                "upsrw every@",
                "upsrw -l every@",
                "upsrw stale@",
                "upsrw ghost@",
                "upsrw nobody@",
                "upsrw every@WRONG",
                "upsrw -s battery.charge.low=30 -u admin -p mypass every@",
                "upsrw -w -t 5 -s battery.charge.low=30 -u admin -p mypass every@",
                "upsrw -s battery.charge.low=30 -u admin -p wrong every@",
                "upsrw -s battery.charge.low=30 -u reader -p public every@",
                "upsrw -s battery.charge.low=12345678901 -u admin -p mypass every@",
                "upsrw -s battery.charge=30 -u admin -p mypass every@",
                "upsrw -s input.sensitivity=medium -u admin -p mypass every@",
                "upsrw -s input.sensitivity=absurd -u admin -p mypass every@",
                "upsrw -s input.transfer.high=240 -u admin -p mypass every@",
                "upsrw -s input.transfer.high=290 -u admin -p mypass every@",
                "upsrw -s no.such.variable=1 -u admin -p mypass every@",
                "upsrw -s battery.charge.low=30 -u admin -p mypass stale@",
                "upsrw -s battery.charge.low=30 -u admin -p mypass ghost@",
                "upsrw -s battery.charge.low=30 -u admin -p mypass nobody@",
                "upsrw -s battery.charge.low=30 -u admin -p mypass every@WRONG",
            })
    void sameCommandLineSameAnswer(String line) {
        var words = new ArrayList<String>();
        for (var word : line.split(" ", -1)) {
            words.add(
                    word.endsWith("@WRONG")
                            ? word.replace("@WRONG", at(word) + "localhost:" + nobodyListens)
                            : word.endsWith("@") ? word.replace("@", at(word) + "localhost:" + stack.port()) : word);
        }
        var program = words.removeFirst();
        var arguments = words.toArray(String[]::new);
        Maker.OURS.program(program);
        var theirs = stack.box().run(Maker.C, program, arguments);
        var ours = stack.box().run(Maker.OURS, program, arguments);
        assertAll(
                () -> assertEquals(theirs.out(), ours.out(), "standard output"),
                () -> assertEquals(theirs.exit(), ours.exit(), () -> "exit code; ours says: " + ours.err()),
                () -> assertEquals(theirs.firstError(), ours.firstError(), "first line of complaint"));
    }

    /// `upsc -l` takes the bare host.
    private static String at(String word) {
        return word.startsWith("@") ? "" : "@";
    }
}
