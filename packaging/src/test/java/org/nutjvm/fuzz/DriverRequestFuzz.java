package org.nutjvm.fuzz;

import java.util.List;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.Lexer;
import org.nutjvm.common.wire.Words;

/// What comes to a driver over its socket: what upsd understood is what it would send, and the driver understands the
/// same again.
public final class DriverRequestFuzz {
    private DriverRequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var lexer = new Lexer();
        for (byte b : data) {
            if (lexer.feed(b) == Lexer.Event.LINE) {
                check(lexer.words());
            }
        }
    }

    private static void check(List<String> words) {
        var request = DriverRequest.of(words);
        String text = request.text();
        Must.hold(text.indexOf('\n') < 0, "a line break in " + request);
        boolean plainNames = words.stream().allMatch(w -> w.matches("[A-Za-z0-9._:-]+"));
        if (!(request instanceof DriverRequest.Unknown) && plainNames) {
            var back = DriverRequest.of(Words.split(text));
            Must.hold(back.equals(request), request + " is sent as " + text + " and heard as " + back);
        }
    }
}
