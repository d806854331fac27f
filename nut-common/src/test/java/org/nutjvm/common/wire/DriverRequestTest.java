package org.nutjvm.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverRequestTest {
    private static final Optional<String> NONE = Optional.empty();

    private static DriverRequest of(String line) {
        return DriverRequest.of(Words.split(line));
    }

    @Test
    void verbsFoldCase() {
        assertEquals(new DriverRequest.Ping(), of("ping"));
        assertEquals(new DriverRequest.DumpAll(), of("DumpAll"));
    }

    @Test
    void instcmdTakesParameterAndTrackingInAnyCombination() {
        assertEquals(new DriverRequest.Instcmd("load.off", NONE, NONE), of("INSTCMD load.off"));
        assertEquals(new DriverRequest.Instcmd("load.off", Optional.of("10"), NONE), of("INSTCMD load.off 10"));
        assertEquals(
                new DriverRequest.Instcmd("load.off", NONE, Optional.of("id")), of("INSTCMD load.off TRACKING id"));
        assertEquals(
                new DriverRequest.Instcmd("load.off", Optional.of("10"), Optional.of("id")),
                of("INSTCMD load.off 10 tracking id"));
    }

    @Test
    void setTakesQuotedValueAndTracking() {
        assertEquals(new DriverRequest.Set("ups.id", "Data room", NONE), of("SET ups.id \"Data room\""));
        assertEquals(new DriverRequest.Set("ups.id", "", Optional.of("7")), of("SET ups.id \"\" TRACKING 7"));
        assertEquals(new DriverRequest.Set("ups.id", "x", NONE), of("SET ups.id x left-over"));
    }

    @Test
    void broadcastIsOnUnlessNumberIsBelowOne() {
        assertEquals(new DriverRequest.Broadcast(true), of("BROADCAST"));
        assertEquals(new DriverRequest.Broadcast(true), of("BROADCAST 1"));
        assertEquals(new DriverRequest.Broadcast(true), of("BROADCAST nonsense"));
        assertEquals(new DriverRequest.Broadcast(false), of("BROADCAST 0"));
        assertEquals(new DriverRequest.Broadcast(false), of("BROADCAST -1"));
        assertEquals(new DriverRequest.Broadcast(false), of("NOBROADCAST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INSTCMD",
                "INSTCMD a b c",
                "INSTCMD a b c d",
                "INSTCMD a b TRACKING id more",
                "SET",
                "SET a",
                "SET a b c d",
                "DUMPVALUE",
                "HELLO"
            })
    void malformedIsAValue(String line) {
        assertInstanceOf(DriverRequest.Unknown.class, of(line));
    }

    @Test
    void textReadsBackAsTheSame() {
        for (var request : List.of(
                new DriverRequest.Ping(),
                new DriverRequest.DumpAll(),
                new DriverRequest.DumpStatus(),
                new DriverRequest.DumpValue("ups.load"),
                new DriverRequest.GetPid(),
                new DriverRequest.Logout(),
                new DriverRequest.Broadcast(true),
                new DriverRequest.Broadcast(false),
                new DriverRequest.Instcmd("load.off", Optional.of("a \"b\" #c \\"), Optional.of("id")),
                new DriverRequest.Instcmd("load.off", NONE, NONE),
                new DriverRequest.Set("ups.id", "a \"b\" #c \\", Optional.of("id")))) {
            assertEquals(request, of(request.text()), request.text());
        }
    }

    @Test
    void answersToGetpidAndLogoutAreDriverLines() {
        assertEquals(new DriverLine.Pid("42"), DriverLine.of(Words.split("PID 42")));
        assertEquals(new DriverLine.Goodbye(), DriverLine.of(Words.split("OK Goodbye")));
        assertEquals("OK Goodbye", new DriverLine.Goodbye().text());
        assertEquals("PID 42", new DriverLine.Pid("42").text());
        assertInstanceOf(DriverLine.Unknown.class, DriverLine.of(List.of("OK")));
    }

    @Test
    void setflagsWithoutFlagsTakesThemAway() {
        assertEquals(new DriverLine.SetFlags("ups.id", List.of()), DriverLine.of(Words.split("SETFLAGS ups.id")));
    }
}
