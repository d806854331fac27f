package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What upstream's integration suite demands of upsc, and of the server behind it.
@ParameterizedClass(name = "{0}")
@MethodSource("casts")
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NitUpscIT {
    /// Who plays the client and who the server.
    record Cast(Maker client, Roles roles) {
        @Override
        public String toString() {
            return client + " upsc, " + roles;
        }
    }

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Cast cast;

    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private Stack stack;

    static List<Cast> casts() {
        var casts = new ArrayList<Cast>();
        for (var client : Maker.values()) {
            for (var server : Maker.values()) {
                casts.add(new Cast(client, new Roles(server, server)));
            }
        }
        return casts;
    }

    @BeforeParameterizedClassInvocation
    void start() {
        stack = new Stack(cast.roles());
        cast.client().program("upsc");
        // UPS1 and UPS2 have no driver here.
        stack.startDriver("dummy");
        stack.awaitSocket("dummy");
        stack.startUpsd();
        stack.awaitUps("dummy");
    }

    @AfterParameterizedClassInvocation
    void end() {
        stack.close();
    }

    private Result upsc(String... arguments) {
        assumeTrue(
                cast.client() == Maker.OURS || !Arrays.asList(arguments).contains("-j"),
                "Debian's upsc 2.8.0 does not have -j");
        return stack.box().run(cast.client(), "upsc", arguments);
    }

    private String server() {
        return "localhost:" + stack.port();
    }

    @Test
    void listIsOneNameALine() {
        var result = upsc("-l", server());
        assertEquals(0, result.exit(), result.err());
        assertEquals(List.of("dummy", "UPS1", "UPS2"), result.outLines());
    }

    @Test
    void listOfNoDeviceIsNothingAndZero() {
        try (var empty = noDevices()) {
            var result = upsc("-l", "localhost:" + empty.port());
            assertEquals(0, result.exit(), result.err());
            assertEquals("", result.out());
        }
    }

    @Test
    void jsonListHasTheShapeOfTheSuite() {
        var result = upsc("-j", "-l", server());
        assertEquals(0, result.exit(), result.err());
        assertEquals(List.of("[", "  \"dummy\",", "  \"UPS1\",", "  \"UPS2\"", "]"), result.outLines());
    }

    @Test
    void jsonListOfNoDeviceIsAnEmptyArray() {
        try (var empty = noDevices()) {
            var result = upsc("-j", "-l", "localhost:" + empty.port());
            assertEquals(0, result.exit(), result.err());
            assertEquals("[]", result.out().replaceAll("\\s", ""));
        }
    }

    @Test
    void oneVariableIsTheBareValue() {
        var result = upsc(stack.at("dummy"), "device.model");
        assertEquals(0, result.exit(), result.err());
        assertEquals("Dummy UPS\n", result.out());
    }

    @Test
    void oneVariableInJsonIsAJsonString() {
        var result = upsc("-j", stack.at("dummy"), "device.model");
        assertEquals(0, result.exit(), result.err());
        assertEquals("\"Dummy UPS\"", result.out().strip());
    }

    @Test
    void allVariablesInJsonAreAnObject() {
        var result = upsc("-j", stack.at("dummy"));
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().strip().startsWith("{") && result.out().strip().endsWith("}"), result.out());
        assertTrue(result.out().contains("\"device.model\": \"Dummy UPS\""), result.out());
    }

    @Test
    void missingDriverIsAnErrorOnStderr() {
        for (var arguments : new String[][] {{stack.at("UPS1")}, {stack.at("UPS1"), "ups.status"}}) {
            var result = upsc(arguments);
            assertNotEquals(0, result.exit());
            assertEquals("", result.out());
            assertTrue(result.err().contains("Error: Driver not connected"), result.err());
        }
    }

    @Test
    void missingDriverInJsonIsAnObjectOfThreeLines() {
        var result = upsc("-j", stack.at("UPS1"));
        assertNotEquals(0, result.exit());
        assertEquals(List.of("{", "  \"error\": \"Driver not connected\"", "}"), result.outLines());
        assertTrue(result.err().contains("Error: Driver not connected"), result.err());
    }

    @Test
    void unknownVariableIsAnErrorOnStderr() {
        var result = upsc(stack.at("dummy"), "ups.bogus.value");
        assertNotEquals(0, result.exit());
        assertEquals("", result.out());
        assertTrue(result.err().contains("Error: Variable not supported by UPS"), result.err());
    }

    @Test
    void unknownVariableInJsonIsAnObject() {
        var result = upsc("-j", stack.at("dummy"), "ups.bogus.value");
        assertNotEquals(0, result.exit());
        assertTrue(
                Set.of(
                                "{\"error\": \"Variable not supported by UPS\"}",
                                "{\n  \"error\": \"Variable not supported by UPS\"\n}")
                        .contains(result.out().strip()),
                result.out());
        assertTrue(result.err().contains("Error: Variable not supported by UPS"), result.err());
    }

    @Test
    void dataAreNeverSpuriouslyStale() {
        for (int i = 0; i < 10; i++) {
            var result = upsc(stack.at("dummy"), "ups.status");
            assertEquals(0, result.exit(), result.err());
            assertTrue(result.out().matches("(OL|OB)\n"), result.out());
        }
    }

    private Stack noDevices() {
        var empty = new Stack(cast.roles());
        try {
            empty.box().write("ups.conf", empty.globals());
            empty.box().write("upsd.conf", empty.listen() + "ALLOW_NO_DEVICE true\n");
            empty.startUpsd();
            return empty;
        } catch (RuntimeException | Error e) {
            Sandbox.showLogs();
            empty.close();
            throw e;
        }
    }
}
